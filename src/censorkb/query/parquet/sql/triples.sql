-- What is said, once, in whichever graphs it stands.
SELECT subject, predicate, object, kind, datatype, language FROM quads WHERE NOT repeated
