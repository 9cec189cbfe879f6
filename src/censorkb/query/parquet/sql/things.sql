-- The country and the year of each thing, by which statements about it and its parts are put into folders.
-- A source and its claims have the year in which it was published; a measure and its status the year in which it began at
-- the latest, else at the earliest, else was first reported.
WITH
  countries AS (
    SELECT subject AS thing, min(split_part(object, ':', 2)) AS country
    FROM statements
    WHERE predicate IN ('ckb:country', 'ckb:jurisdiction')
    GROUP BY subject
  ),
  moments AS (
    SELECT subject, min(TRY_CAST(split_part(object, '-', 1) AS INTEGER)) AS year, predicate
    FROM statements
    WHERE predicate IN ('ckb:latestStart', 'ckb:earliestStart', 'ckb:firstReported')
    GROUP BY subject, predicate
  ),
  begun AS (
    SELECT
      subject AS thing,
      COALESCE(
        min(year) FILTER (WHERE predicate = 'ckb:latestStart'),
        min(year) FILTER (WHERE predicate = 'ckb:earliestStart'),
        min(year)
      ) AS year
    FROM moments
    GROUP BY subject
  ),
  published AS (
    SELECT p.subject AS thing, min(begun.year) AS year
    FROM statements AS p JOIN begun ON begun.thing = p.object
    WHERE p.predicate = 'ckb:published'
    GROUP BY p.subject
  ),
  said AS (
    SELECT s.subject AS thing, min(published.year) AS year
    FROM statements AS s JOIN published ON published.thing = s.object
    WHERE s.predicate = 'ckb:source'
    GROUP BY s.subject
  ),
  years AS (
    SELECT thing, year FROM begun WHERE NOT contains(thing, '#')
    UNION ALL SELECT thing, year FROM published
    UNION ALL SELECT thing, year FROM said
  )
SELECT COALESCE(countries.thing, years.thing) AS thing, min(country) AS country, min(year) AS year
FROM countries FULL JOIN years ON years.thing = countries.thing
GROUP BY COALESCE(countries.thing, years.thing)
