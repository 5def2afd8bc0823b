-- Full-text search of PostgreSQL. The configuration "simple" changes no words, because messages are in any language.
alter table message add column search tsvector
    generated always as (to_tsvector('simple', coalesce(body, '') || ' ' || coalesce(filename, ''))) stored;
create index message_search on message using gin (search);

-- Whether a message has all words. PostgreSQL puts the expression in place of the call, so it uses the index.
create function message_has_words(search tsvector, words varchar) returns boolean
    language sql immutable
    return search @@ plainto_tsquery('simple', words);
