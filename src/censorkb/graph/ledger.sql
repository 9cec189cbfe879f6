-- tables
CREATE TABLE note (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE file (name TEXT PRIMARY KEY, stamp TEXT, digest TEXT, claims INT, loose INT, bearing TEXT, problems TEXT, seal INT);
CREATE TABLE pack (name TEXT, graph TEXT, lines BLOB, seal INT, PRIMARY KEY (name, graph));
CREATE TABLE thing (term TEXT PRIMARY KEY, name TEXT, line INT, "column" INT, classes TEXT, labels TEXT, seal INT) WITHOUT ROWID;
CREATE TABLE record (shelf TEXT, key TEXT, value TEXT, seal INT, PRIMARY KEY (shelf, key)) WITHOUT ROWID;
CREATE INDEX thing_of_file ON thing (name);

-- note
SELECT value FROM note WHERE key = ?
-- write-note
INSERT OR REPLACE INTO note VALUES (?, ?)
-- entries
SELECT * FROM file
-- thing
SELECT * FROM thing WHERE term = ?
-- things
SELECT * FROM thing WHERE name = ?
-- of-kind
SELECT * FROM thing WHERE instr(classes, ?)
-- packs
SELECT * FROM pack WHERE name = ?
-- all-packs
SELECT * FROM pack ORDER BY name, graph
-- records
SELECT record.* FROM json_each(?2) AS wanted CROSS JOIN record WHERE record.shelf = ?1 AND record.key = wanted.value
-- forget-records
DELETE FROM record
-- forget-shelf
DELETE FROM record WHERE shelf = ?
-- forget-record
DELETE FROM record WHERE shelf = ? AND key = ?
-- keep-record
INSERT OR REPLACE INTO record VALUES (?, ?, ?, ?)
-- forget-file
DELETE FROM file WHERE name = ?
-- forget-packs
DELETE FROM pack WHERE name = ?
-- forget-things
DELETE FROM thing WHERE name = ?
-- keep-file
INSERT INTO file VALUES (?, ?, ?, ?, ?, ?, ?, ?)
-- keep-pack
INSERT INTO pack VALUES (?, ?, ?, ?)
-- keep-thing
INSERT INTO thing VALUES (?, ?, ?, ?, ?, ?, ?)
-- restamp
UPDATE file SET stamp = ?, seal = ? WHERE name = ?
