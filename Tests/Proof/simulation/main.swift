import DaybookCore
import Glibc

@testable import DaybookEngine
@testable import World

// Plays lives, and prints one line for each that breaks a promise, and one with the counts in the
// end. Each is played twice where that is asked for: the same seed must give the same trace.
//
//   lives FIRST LAST [STEP] [--twice] [--trace]

let numbers = CommandLine.arguments.dropFirst().compactMap(UInt64.init)
guard numbers.count >= 2, numbers[0] <= numbers[1] else {
  print("usage: lives FIRST LAST [STEP] [--twice] [--trace]")
  exit(64)
}
var tally = Tally()
tally.playsTwice = CommandLine.arguments.contains("--twice")
tally.showsTrace = CommandLine.arguments.contains("--trace")
for seed in stride(from: numbers[0], through: numbers[1], by: Int(numbers.dropFirst(2).first ?? 1))
{
  tally.play(seed)
}
print(tally.summary)
exit(tally.bad == 0 ? 0 : 1)
