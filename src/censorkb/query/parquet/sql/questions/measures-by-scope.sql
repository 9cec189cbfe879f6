SELECT
  scope.scope, scope.place AS where_, target.object AS target, feature.object AS feature, action.object AS action,
  class.subject AS measure
FROM asked
JOIN triples AS country ON country.predicate = 'ckb:country' AND country.object = asked.country
JOIN triples AS class
  ON class.subject = country.subject AND class.predicate = 'rdf:type' AND class.object = 'ckb:Measure'
JOIN triples AS target ON target.subject = class.subject AND target.predicate = 'ckb:concerns'
JOIN triples AS action ON action.subject = class.subject AND action.predicate = 'ckb:action'
JOIN (
  SELECT DISTINCT
    about.object AS measure, CASE WHEN place.predicate = 'ckb:region' THEN 'region' ELSE 'network' END AS scope,
    place.object AS place
  FROM triples AS about
  JOIN triples AS place ON place.subject = about.subject AND place.predicate IN ('ckb:region', 'ckb:asn')
  JOIN triples AS kind
    ON kind.subject = about.subject AND kind.predicate = 'rdf:type' AND kind.object = 'ckb:MeasureClaim'
  JOIN triples AS review
    ON review.subject = about.subject AND review.predicate = 'ckb:status' AND review.object = 'review:accepted'
  JOIN triples AS stance
    ON stance.subject = about.subject AND stance.predicate = 'ckb:stance' AND stance.object <> 'stance:denies'
  WHERE about.predicate = 'ckb:about'
) AS scope ON scope.measure = class.subject
LEFT JOIN triples AS feature ON feature.subject = class.subject AND feature.predicate = 'ckb:feature'
ORDER BY scope.scope, scope.place, class.subject
