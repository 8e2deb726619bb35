"""A program that uses an embedded server until its input ends; tests start and kill it.

`python -m tests.integration.owner FOLDER` prints one JSON line: its server's URL and home.
"""

import json
import sys
from pathlib import Path

from icosa.db.embedded import EmbeddedServer


def main() -> None:
    server = EmbeddedServer(Path(sys.argv[1]), durable=False)
    with server as url:
        sys.stdout.write(json.dumps({"url": url, "home": str(server.home)}) + "\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()
