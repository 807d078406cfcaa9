/** Words with which a question asks, joins and compares; they are neither names nor values of a database. */
export const askingWords: ReadonlySet<string> = new Set(
  `a about above according across after again against all along also am among amount an and any anything are around as ascending ask at
  average be been before begin begins being below beneath best between beyond both bottom but by can compute contain containing contains
  could count descending did different display distinct do does doing done down during each either else end ends equal equals ever every
  exactly except fetch few fewer fewest find first following for from fourth get give given greater greatest group grouped had half has
  have having he her here highest him his how however i if in include included including instead into is it its itself just largest last
  late later latest least less let like list longest lowest make many maximum me mean minimum more most much must my near never new newest
  next no none nor not nothing now null number of off old oldest on once one only onto or order ordered other others our out over overall
  per percent percentage please present previous rank rather reach recent return same second see several she should show shortest since
  single smallest so some sort sorted start starting starts still such sum take tell ten than that the their them then there these they
  third this those three through times to today together top total totals towards true two under unique until up upon us use used using
  value values very was we well were what when where whether which while who whole whom whose why will with within without would write
  year years yes yet you your false want need know give names named called also`.split(/\s+/),
);
