import { phraseLines } from '../../phrase-lines.js';

/** Full text search. */
export const searchPhrases = phraseLines(`
  to_tsvector('english', s) → other: search document of the {s} | {s} as an English search vector
  to_tsvector('simple', s) @@ to_tsquery('simple', {infix} || ':*') → boolean predicate: {s} has a word that begins with {infix} | some word of the {s}
      begins with {infix} in a text search
  to_tsvector('simple', s) @@ plainto_tsquery('simple', {infix}) → boolean predicate: {s} has the word {infix} in a plain text search | plain text
      search for {infix} finds the {s}
  to_tsvector('simple', s) @@ phraseto_tsquery('simple', {infix}) → boolean predicate: {s} has the phrase {infix} in a text search | phrase search for
      {infix} finds the {s}
  to_tsvector('simple', s) @@ websearch_to_tsquery('simple', {infix}) → boolean predicate: web search for {infix} finds the {s} | {s} is found by a web
      search for {infix}
  ts_rank(to_tsvector('simple', s), to_tsquery('simple', {infix} || ':*')) → number: search rank of the {s} for words that begin with {infix} | rank by
      which the {s} fits a search for {infix}
  ts_rank_cd(to_tsvector('simple', s), to_tsquery('simple', {infix} || ':*')) → number: cover density rank of the {s} for words that begin with {infix}
      | rank by cover density of the {s} in a search for {infix}
  ts_headline('simple', s, to_tsquery('simple', {infix} || ':*')) → text: {s} with the words found for {infix} marked | search headline of the {s} for {infix}
  numnode(plainto_tsquery('english', s)) → integer filter=number: number of nodes in the {s} read as a plain search query | how many words and operators
      a plain search query of the {s} has
  numnode(phraseto_tsquery('english', s)) → integer: number of nodes in the {s} read as a search phrase | how many words and operators a search phrase
      of the {s} has
  numnode(websearch_to_tsquery('english', s)) → integer: number of nodes in the {s} read as a web search | how many words and operators a web search for
      the {s} has
  tsquery_phrase(plainto_tsquery('simple', s1), plainto_tsquery('simple', s2)) → other: search query for the {s1} directly followed by the {s2} | phrase
      query of the {s1} and then the {s2}
  length(to_tsvector('english', s)) → integer filter=number: number of different stems in the {s} | count of distinct word stems in the {s}
  strip(to_tsvector('english', s)) → other: search document of the {s} without places | stems of the {s} without their positions
  setweight(to_tsvector('english', s), 'A') → other: search document of the {s} with weight A | stems of the {s} marked by the weight A
  ts_filter(setweight(to_tsvector('english', s), 'B'), '{a,b}') → other: words of weight A or B in the search document of the {s} | search document of
      the {s} filtered to the weights A and B
  ts_delete(to_tsvector('simple', s), lower({infix})) → other: search document of the {s} without the word {infix} | words of the {s} for a search,
      {infix} removed
  tsvector_to_array(to_tsvector('english', s)) → array: stems of the {s} as an array | array of the word stems in the {s}
  array_to_tsvector(a) → other: {a} as a search document | search vector of the {a}
  ts_lexize('english_stem', lower(s)) → array: English stem of the {s} | {s} reduced to its stem by the English dictionary
  jsonb_to_tsvector('simple', j, '["string"]') → other: texts of the {j} as a search document | search vector of the texts in the {j}
  json_to_tsvector('simple', j::json, '["string"]') → other: texts in the plain JSON of the {j} as a search document | search vector of the texts in the
      plain JSON of the {j}
`);
