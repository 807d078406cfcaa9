import { phraseLines } from '../../phrase-lines.js';

/** XML. */
export const xmlPhrases = phraseLines(`
  xmltext(s) → other: {s} as XML text | {s} escaped for XML
  xmlcomment(s) → other: XML comment with the {s} | {s} as a comment in XML
  xpath('/row/text()', ('<row>' || i || '</row>')::xml) → array: text that an XPath finds in an XML row of the {i} | what the path to the text of an XML
      row with the {i} gives
  xpath_exists('/row[. > 10]', ('<row>' || i || '</row>')::xml) → boolean group: whether an XPath finds more than 10 in an XML row of the {i} | answer
      of an XPath for a value above 10 in an XML row with the {i}
  xml_is_well_formed(s) → boolean group: whether the {s} is well-formed XML | well-formedness of the {s} as XML
  xml_is_well_formed_document(s) → boolean group: whether the {s} is a well-formed XML document | well-formedness of the {s} as a whole XML document
  xml_is_well_formed_content(s) → boolean group: whether the {s} is well-formed XML content | well-formedness of the {s} as content of XML
`);
