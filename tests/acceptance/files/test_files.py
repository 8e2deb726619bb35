"""FILES fields: upload, signed links, and the removal of what nothing names (A6)."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from icosa.db.pool import Database
from icosa.files.links import files_key, signature
from icosa.files.store import Disk
from icosa.files.sweep import Sweep
from tests.build import SETTINGS, Running

Json = Any

UPLOAD = """mutation ($file: Upload!, $fieldMetadataId: String!) {
  uploadFilesFieldFile(file: $file, fieldMetadataId: $fieldMetadataId) { id path size url }
}"""


def upload(app: Running, content: bytes, name: str, field: str = "person.avatarFile") -> Json:
    operations = {"query": UPLOAD, "variables": {"file": None, "fieldMetadataId": field}}
    request = httpx.Request(
        "POST",
        "http://icosa/metadata",
        data={"operations": json.dumps(operations), "map": '{"0": ["variables.file"]}'},
        files={"0": (name, content, "text/plain")},
    )
    answer = app.send(
        "POST",
        "/metadata",
        content=request.read(),
        headers={"content-type": request.headers["content-type"]},
    )
    assert answer.status_code == httpx.codes.OK, answer.text
    return answer.json()


def uploaded(app: Running, content: bytes, name: str) -> Json:
    return upload(app, content, name)["data"]["uploadFilesFieldFile"]


def fetch(app: Running, url: str) -> httpx.Response:
    parts = urlsplit(url)
    return app.send("GET", f"{parts.path}?{parts.query}", token=None)


def test_a_file_is_uploaded_linked_and_fetched(app: Running) -> None:
    file = uploaded(app, b"portrait", "Ada.txt")
    data = {"avatarFile": [{"fileId": file["id"], "label": "Ada.txt"}]}

    (person,) = app.create("people", data)

    (shown,) = person["avatarFile"]
    assert shown["fileId"] == file["id"]
    assert (shown["label"], shown["extension"]) == ("Ada.txt", ".txt")
    answer = fetch(app, shown["url"])
    assert answer.content == b"portrait"
    assert "attachment" in answer.headers["content-disposition"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_link_is_signed_and_ends(app: Running) -> None:
    file = uploaded(app, b"secret", "s.txt")
    parts = urlsplit(file["url"])
    query = parse_qs(parts.query)
    key = files_key(SETTINGS.secret)

    forged = file["url"].replace(query["signature"][0], "0" * 64)
    later = file["url"].replace(query["expires"][0], str(int(query["expires"][0]) + 1))
    past = f"{parts.path}?expires=1000&signature={signature(key, file['id'], 1000)}"

    assert signature(key, file["id"], int(query["expires"][0])) == query["signature"][0]
    assert fetch(app, file["url"]).status_code == httpx.codes.OK
    for bad in (forged, later, past, parts.path):
        assert fetch(app, bad).status_code == httpx.codes.BAD_REQUEST


def test_a_file_that_is_not_this_workspaces_has_no_link(app: Running) -> None:
    foreign = "11111111-1111-4111-8111-111111111111"

    (person,) = app.create("people", {"avatarFile": [{"fileId": foreign, "label": "x.txt"}]})

    assert person["avatarFile"][0]["url"] is None


@pytest.mark.parametrize("name", ["../../etc/passwd", "..\\..\\boot.ini", "a/b/c.txt"])
def test_a_name_is_no_path(app: Running, name: str) -> None:
    file = uploaded(app, b"x", name)

    answer = fetch(app, file["url"])

    assert "/" not in answer.headers["content-disposition"].partition("''")[2]
    assert "%2F" not in answer.headers["content-disposition"]


def test_a_file_goes_to_a_files_field(app: Running) -> None:
    body = upload(app, b"x", "x.txt", field="person.jobTitle")

    assert body["errors"][0]["message"] == "Files go to fields of type FILES"


def test_what_no_record_names_is_removed_after_a_day(app: Running) -> None:
    kept, left, fresh = (uploaded(app, b"f", f"{n}.txt") for n in ("kept", "left", "fresh"))
    app.create("people", {"avatarFile": [{"fileId": kept["id"], "label": "kept.txt"}]})

    async def sweep() -> int:
        database = await Database.open(app.dsn, size=1, slow_size=1)
        try:
            await database.execute(
                "update icosa.file set created_at = now() - interval '2 days'"
                " where id = any($1::uuid[])",
                ([kept["id"], left["id"]],),
            )
            return await Sweep(database, Disk(SETTINGS.files_dir)).once()
        finally:
            await database.close()

    count = app.run(sweep())

    assert count == 1
    assert fetch(app, kept["url"]).status_code == httpx.codes.OK
    assert fetch(app, fresh["url"]).status_code == httpx.codes.OK
    assert fetch(app, left["url"]).status_code == httpx.codes.NOT_FOUND
