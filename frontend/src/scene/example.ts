import type { MuscleLine, Path, RepetitionData } from './types'

/** A made-up repetition for tests: someone stands and raises both forearms, three samples. */
export function example(person: Partial<RepetitionData['person']> = {}): RepetitionData {
  const right: Record<string, number[][]> = {
    sternoclavicular_r: still(69, -33, 1484),
    acromion_r: still(-37, -213, 1530),
    scapula_spine_r: still(-110, -108, 1465),
    scapula_tip_r: still(-90, -141, 1334),
    shoulder_r: still(-5, -202, 1489),
    elbow_r: still(0, -220, 1198),
    wrist_r: [
      [30, -250, 922],
      [200, -250, 1010],
      [278, -240, 1215],
    ],
    hand_r: [
      [60, -250, 840],
      [275, -230, 985],
      [360, -210, 1240],
    ],
    handle_r: [
      [110, -250, 850],
      [300, -230, 1030],
      [360, -210, 1290],
    ],
    hip_r: still(8, -90, 922),
    knee_r: still(-25, -103, 487),
    ankle_r: still(-59, -140, 39),
    toe_r: still(128, -140, 15),
  }
  const middle: Record<string, number[][]> = {
    pelvis: still(8, 0, 922),
    lumbosacral: still(8, 0, 1032),
    suprasternal_notch: still(65, 0, 1472),
    sternum: still(122, 0, 1265),
    neck: still(-49, 0, 1531),
    upper_back: still(-106, 0, 1307),
    vertex: still(8, 0, 1797),
  }
  const left = Object.entries(right).map(
    ([name, at]) => [`${name.slice(0, -1)}l`, at.map(([x, y, z]) => [x!, -y!, z!])] as const,
  )
  const points = { ...middle, ...right, ...Object.fromEntries(left) }
  return {
    exercise: 'example',
    person: { sex: 'male', stature_m: 1.8, mass_kg: 80, ...person },
    working: ['r', 'l'],
    posture: 'standing',
    grip: 'neutral',
    phases: 3,
    girth: 1.014,
    view_from: [-0.7, -0.7, 0.16],
    points: Object.fromEntries(Object.entries(points).map(([name, at]) => [name, coded(at)])),
    mirrored: true,
    muscles: {
      biceps_long_r: line('Biceps, long head', null, [
        still(-5, -200, 1470),
        [
          [20, -220, 1300],
          [30, -220, 1300],
          [40, -220, 1310],
        ],
        [
          [20, -230, 1160],
          [45, -230, 1165],
          [55, -225, 1210],
        ],
      ]),
      trapezius_middle_r: line('Trapezius, middle', 0, [
        still(-47, 2, 1490),
        still(-60, -80, 1491),
        still(-75, -160, 1491),
      ]),
      trapezius_lower_r: line('Trapezius, lower', 0, [
        still(-90, -1, 1330),
        still(-93, -60, 1395),
        still(-96, -125, 1465),
      ]),
    },
    objects: [],
  }
}

const still = (x: number, y: number, z: number): number[][] => [
  [x, y, z],
  [x, y, z],
  [x, y, z],
]

function line(name: string, sheet: number | null, points: number[][][]): MuscleLine {
  return { name, sheet, half_width_mm: 14, line: points.map(coded) }
}

/** Places [mm] as first value and changes. */
export function coded(places: number[][]): Path {
  return [0, 1, 2].map((axis) =>
    places.map((place, index) => place[axis]! - (places[index - 1]?.[axis] ?? 0)),
  )
}
