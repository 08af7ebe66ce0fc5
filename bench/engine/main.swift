import Glibc

// What can only be measured within the engine; a line of JSON each.
//
//   engine backfill      P5: ten years of Moves in virtual time
//   engine json FILE     P11: the validator beside SQLite's, over the document of a file

let words = CommandLine.arguments.dropFirst()
if words == ["backfill"] {
  print(try Backfill.measured())
} else if words.count == 2, words.first == "json", let file = words.last {
  print(try Validators.measured(file))
} else {
  print("usage: engine backfill | engine json FILE")
  exit(64)
}
