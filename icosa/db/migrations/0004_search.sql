-- What search makes of a caller's words (records contract, A1). Both are null when nothing is left
-- of the words without their accents, and so find nothing.

-- Words that begin with each of the caller's, joined by ' & ' or ' | '. What means something to
-- to_tsquery is escaped, after the accents are gone: unaccent makes `<<` of a quotation mark.
create function icosa.search_query(words text, joined text) returns tsquery
language sql immutable parallel safe as $$
    select to_tsquery('pg_catalog.simple'::regconfig,
        regexp_replace(
            regexp_replace(nullif(btrim(icosa.unaccented(words)), ''),
                '([\\:''&|!()@<>])', '\\\1', 'g'),
            '\s+', ':*' || joined, 'g') || ':*')
$$;

-- Patterns for ilike, each of which finds one of the words anywhere in a text.
create function icosa.search_patterns(words text) returns text[]
language sql immutable parallel safe as $$
    select array_agg('%' || regexp_replace(word, '([\\%_])', '\\\1', 'g') || '%')
    from regexp_split_to_table(icosa.unaccented(words), '\s+') as word
    where word <> ''
$$;
