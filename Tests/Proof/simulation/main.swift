import Glibc

// Plays lives, and prints a line for each promise that one of them broke, and one of JSON with the
// counts in the end. With --speed: how fast a plain backfill is played, on one core.
//
//   lives FIRST LAST [STEP] [--trace]
//   lives --speed

let words = CommandLine.arguments.dropFirst()
let numbers = words.compactMap(UInt64.init)
if words.contains("--speed") {
  print(try Speed.measured())
} else if numbers.count >= 2, numbers[0] <= numbers[1], numbers.dropFirst(2).allSatisfy({ $0 > 0 })
{
  var tally = Tally(showsTrace: words.contains("--trace"))
  let step = Int(numbers.dropFirst(2).first ?? 1)
  for seed in stride(from: numbers[0], through: numbers[1], by: step) { tally.play(seed) }
  print(tally.summary)
  exit(tally.bad == 0 ? 0 : 1)
} else {
  print("usage: lives FIRST LAST [STEP] [--trace] | lives --speed")
  exit(64)
}
