import type { FunctionSignature } from '../../core/database.js';

/**
 * What SQLite's functions take and return, by its documentation (lang_corefunc, lang_aggfunc, lang_mathfunc, lang_datefunc, windowfunctions,
 * json1, percentile). The engine itself reports names and argument counts alone. The words are the neutral column types, since SQLite keeps dates
 * and JSON as text; `timestamp` stands for any time value, a date among them, `bytes` for a blob, `any` for whatever a column holds. `...` after
 * the last argument: it may repeat.
 */
const documented: Record<FunctionSignature['kind'], string> = {
  scalar: `
    abs(number) number
    char(integer...) text
    coalesce(any, any...) any
    concat(any...) text
    concat_ws(text, any...) text
    format(text, any...) text
    glob(text, text) boolean
    hex(any) text
    if(boolean, any) any
    if(boolean, any, any) any
    ifnull(any, any) any
    iif(boolean, any) any
    iif(boolean, any, any) any
    instr(text, text) integer
    length(text) integer
    like(text, text) boolean
    like(text, text, text) boolean
    lower(text) text
    ltrim(text) text
    ltrim(text, text) text
    max(any, any...) any
    min(any, any...) any
    nullif(any, any) any
    octet_length(any) integer
    printf(text, any...) text
    quote(any) text
    random() integer
    randomblob(integer) bytes
    replace(text, text, text) text
    round(number) number
    round(number, integer) number
    rtrim(text) text
    rtrim(text, text) text
    sign(number) integer
    substr(text, integer) text
    substr(text, integer, integer) text
    substring(text, integer) text
    substring(text, integer, integer) text
    trim(text) text
    trim(text, text) text
    typeof(any) text
    unhex(text) bytes
    unhex(text, text) bytes
    unicode(text) integer
    unistr(text) text
    unistr_quote(any) text
    upper(text) text
    zeroblob(integer) bytes

    acos(number) number
    acosh(number) number
    asin(number) number
    asinh(number) number
    atan(number) number
    atan2(number, number) number
    atanh(number) number
    ceil(number) number
    ceiling(number) number
    cos(number) number
    cosh(number) number
    degrees(number) number
    exp(number) number
    floor(number) number
    ln(number) number
    log(number) number
    log(number, number) number
    log10(number) number
    log2(number) number
    mod(number, number) number
    pi() number
    pow(number, number) number
    power(number, number) number
    radians(number) number
    sin(number) number
    sinh(number) number
    sqrt(number) number
    tan(number) number
    tanh(number) number
    trunc(number) number

    current_date() date
    current_time() time
    current_timestamp() timestamp
    date() date
    date(timestamp) date
    date(timestamp, text...) date
    datetime() timestamp
    datetime(timestamp) timestamp
    datetime(timestamp, text...) timestamp
    julianday() number
    julianday(timestamp) number
    julianday(timestamp, text...) number
    strftime(text) text
    strftime(text, timestamp) text
    strftime(text, timestamp, text...) text
    time() time
    time(timestamp) time
    time(timestamp, text...) time
    timediff(timestamp, timestamp) text
    unixepoch() integer
    unixepoch(timestamp) integer
    unixepoch(timestamp, text...) integer

    json(json) json
    json_array(any...) json
    json_array_insert(json, text, any) json
    json_array_length(json) integer
    json_array_length(json, text) integer
    json_error_position(text) integer
    json_extract(json, text) any
    json_extract(json, text, text...) json
    json_insert(json, text, any) json
    json_object(text, any...) json
    json_patch(json, json) json
    json_pretty(json) text
    json_pretty(json, text) text
    json_quote(any) json
    json_remove(json, text...) json
    json_replace(json, text, any) json
    json_set(json, text, any) json
    json_type(json) text
    json_type(json, text) text
    json_valid(text) boolean
    json_valid(text, integer) boolean
    jsonb(json) bytes
    jsonb_array(any...) bytes
    jsonb_array_insert(json, text, any) bytes
    jsonb_extract(json, text) any
    jsonb_extract(json, text, text...) bytes
    jsonb_insert(json, text, any) bytes
    jsonb_object(text, any...) bytes
    jsonb_patch(json, json) bytes
    jsonb_remove(json, text...) bytes
    jsonb_replace(json, text, any) bytes
    jsonb_set(json, text, any) bytes`,
  aggregate: `
    avg(number) number
    count() integer
    count(any) integer
    group_concat(any) text
    group_concat(any, text) text
    json_group_array(any) json
    json_group_object(text, any) json
    jsonb_group_array(any) bytes
    jsonb_group_object(text, any) bytes
    max(any) any
    median(number) number
    min(any) any
    percentile(number, number) number
    percentile_cont(number, number) number
    percentile_disc(number, number) number
    string_agg(any, text) text
    sum(number) number
    total(number) number`,
  window: `
    cume_dist() number
    dense_rank() integer
    first_value(any) any
    lag(any) any
    lag(any, integer) any
    lag(any, integer, any) any
    last_value(any) any
    lead(any) any
    lead(any, integer) any
    lead(any, integer, any) any
    nth_value(any, integer) any
    ntile(integer) integer
    percent_rank() number
    rank() integer
    row_number() integer`,
  table: `
    json_each(json) table
    json_each(json, text) table
    json_tree(json) table
    json_tree(json, text) table`,
};

/** Every documented signature; a function of several argument counts has one for each. */
export const sqliteSignatures: readonly FunctionSignature[] = Object.entries(documented).flatMap(([kind, lines]) =>
  lines
    .trim()
    .split(/\s*\n\s*/)
    .map((line) => readSignature(line, kind as FunctionSignature['kind'])),
);

function readSignature(line: string, kind: FunctionSignature['kind']): FunctionSignature {
  const [, name, list, returns] = /^(\w+)\((.*?)\) (\w+)$/.exec(line)!;
  const variadic = list!.endsWith('...');
  const types = list!.replace('...', '').split(', ').filter(Boolean);
  return { name: name!, kind, arguments: types, variadic, returns: returns! };
}
