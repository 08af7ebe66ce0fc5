import DaybookCore
import Foundation

// Plays a backfill in virtual time for a judge at the other end of a pipe: see play.py. Each account
// has DAYS to read. SECONDS are virtual ones since the beginning.
//
//   windows PROVIDER.yaml SEED MINUTES ACCOUNTS DAYS [SECONDS:HAPPENING[=AMOUNT]...]

let words = Array(CommandLine.arguments.dropFirst())
let numbers = words.dropFirst().prefix(4).compactMap(Int64.init)
let happenings = words.dropFirst(5).compactMap(Happening.init)
guard numbers.count == 4, happenings.count == words.count - 5 else {
  print("usage: windows PROVIDER.yaml SEED MINUTES ACCOUNTS DAYS [SECONDS:HAPPENING[=AMOUNT]...]")
  exit(64)
}
// Whoever ends the judge ends the play, and its folder goes with it.
signal(SIGINT, SIG_IGN)
signal(SIGPIPE, SIG_IGN)
do {
  let backfill = try Backfill(
    provider: words[0], seed: UInt64(numbers[0]), accounts: Int(numbers[2]), days: Int(numbers[3]))
  try backfill.play(for: .minutes(numbers[1]), happenings)
}
