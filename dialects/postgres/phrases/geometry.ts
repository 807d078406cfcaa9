import { phraseLines } from '../../phrase-lines.js';

/** Geometry. */
export const geometryPhrases = phraseLines(`
  point(n1, n2) → other: point at the {n1} and the {n2} | point with the {n1} across and the {n2} up
  point(n1, n2) <-> point(0, 0) → number: distance of the point at the {n1} and the {n2} from the origin | how far the point of the {n1} and the {n2}
      lies from 0
  lseg(point(0, 0), point(n1, n2)) → other: line segment from the origin to the {n1} and the {n2} | segment between 0 and the point of the {n1} and the {n2}
  length(lseg(point(0, 0), point(n1, n2))) → number: length of the segment from the origin to the {n1} and the {n2} | length between 0 and the point of
      the {n1} and the {n2}
  line(point(0, 1), point(n + 1, n)) → other: line through the point 0, 1 and the point of the {n} plus 1 and the {n} | endless line from 0 and 1 to the
      {n} plus 1 and the {n}
  slope(point(0, 0), point(n1 + 1, n2)) → number: slope from the origin to the {n1} plus 1 and the {n2} | steepness of the line from 0 to the point of
      the {n1} plus 1 and the {n2}
  box(point(0, 0), point(n1, n2)) → other: box from the origin to the {n1} and the {n2} | rectangle between 0 and the point of the {n1} and the {n2}
  area(box(point(0, 0), point(n1, n2))) → number: area of the box from the origin to the {n1} and the {n2} | area of the rectangle with the sides {n1}
      and {n2}
  width(box(point(0, 0), point(n1, n2))) → number: width of the box from the origin to the {n1} and the {n2} | width of the rectangle with the sides
      {n1} and {n2}
  height(box(point(0, 0), point(n1, n2))) → number: height of the box from the origin to the {n1} and the {n2} | height of the rectangle with the sides
      {n1} and {n2}
  center(box(point(0, 0), point(n1, n2))) → other: center of the box from the origin to the {n1} and the {n2} | middle of the rectangle with the sides
      {n1} and {n2}
  diagonal(box(point(0, 0), point(n1, n2))) → other: diagonal of the box from the origin to the {n1} and the {n2} | diagonal of the rectangle with the
      sides {n1} and {n2}
  bound_box(box(point(0, 0), point(n1, n1)), box(point(0, 0), point(n2, n2))) → other: box around the squares of the sides {n1} and {n2} at the origin |
      bounding box of a square of the {n1} and one of the {n2}
  circle(point(n1, n2), 10) → other: circle of radius 10 around the {n1} and the {n2} | circle that reaches 10 from the point of the {n1} and the {n2}
  radius(circle(point(0, 0), n)) → number: radius of the circle of size {n} at the origin | radius of a circle around 0 that reaches to the {n}
  diameter(circle(point(0, 0), n)) → number: diameter of the circle of radius {n} | diameter of a circle around 0 that reaches to the {n}
  area(circle(point(0, 0), n)) → number: area of the circle of radius {n} | area of a circle around 0 that reaches to the {n}
  polygon(box(point(0, 0), point(n1, n2))) → other: polygon of the box from the origin to the {n1} and the {n2} | rectangle with the sides {n1} and {n2}
      as a polygon
  npoints(polygon(box(point(0, 0), point(n1, n2)))) → integer: number of corners of the box from the origin to the {n1} and the {n2} | corners of the
      rectangle with the sides {n1} and {n2}
  isclosed(polygon(box(point(0, 0), point(n1, n2)))::path) → boolean group: whether the path around the box from the origin to the {n1} and the {n2} is
      closed | closedness of the path round the rectangle with the sides {n1} and {n2}
  isopen(popen(polygon(box(point(0, 0), point(n1, n2)))::path)) → boolean group: whether the opened path around the box from the origin to the {n1} and
      the {n2} is open | openness of the opened path round the rectangle with the sides {n1} and {n2}
  length(pclose(popen(polygon(box(point(0, 0), point(n1, n2)))::path))) → number: length of the closed path around the box from the origin to the {n1}
      and the {n2} | way all round the rectangle with the sides {n1} and {n2}
  ishorizontal(point(0, 0), point(n1, n2)) → boolean group: whether the {n1} and the {n2} lie level with the origin | levelness of 0 with the point of
      the {n1} and the {n2}
  isvertical(point(0, 0), point(n1, n2)) → boolean group: whether the {n1} and the {n2} lie straight above the origin | uprightness of 0 with the point
      of the {n1} and the {n2}
  isparallel(lseg(point(0, 0), point(n1, n2)), lseg(point(0, 0), point(1, 1))) → boolean group: whether the way to the {n1} and the {n2} runs parallel
      to the one to 1 and 1 | parallelism of the segment to the {n1} and the {n2} with the diagonal
  isperp(lseg(point(0, 0), point(n1, n2)), lseg(point(0, 0), point(1, 1))) → boolean group: whether the way to the {n1} and the {n2} stands at a right
      angle to the one to 1 and 1 | right angle of the segment to the {n1} and the {n2} with the diagonal
`);
