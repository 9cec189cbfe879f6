SELECT i.last_evidenced, i.target, i.country, i.status, i.measure
FROM asked JOIN intervals AS i ON i.last_evidenced < asked.since
WHERE i.until_ended IS NULL
ORDER BY i.last_evidenced, i.measure
