-- What is said, once, in whichever graphs it stands.
SELECT DISTINCT subject, predicate, object, kind, datatype, language FROM quads
