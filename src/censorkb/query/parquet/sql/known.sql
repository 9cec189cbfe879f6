-- The things with ids of a kind, but for parts of others.
SELECT DISTINCT subject FROM quads
WHERE split_part(subject, ':', 1) = $1 AND NOT contains(subject, '#')
ORDER BY subject
