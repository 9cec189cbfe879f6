WITH
  certain AS (
    SELECT i.target, i.status, severities.severity, i.since, i.until_begun, i.measure
    FROM asked
    JOIN intervals AS i ON i.country = asked.country
    JOIN severities ON severities.status = i.status
    WHERE i.until_begun <= asked.date AND (i.until_ended IS NULL OR i.until_ended >= asked.date)
  ),
  worst AS (SELECT target, max(severity) AS severity FROM certain GROUP BY target)
SELECT
  certain.target, certain.status, certain.severity, certain.since, certain.until_begun AS by, support.object AS support,
  certain.measure
FROM certain
JOIN worst ON worst.target = certain.target AND worst.severity = certain.severity
JOIN triples AS support ON support.subject = certain.measure AND support.predicate = 'ckb:support'
ORDER BY certain.severity DESC, certain.target, certain.measure
