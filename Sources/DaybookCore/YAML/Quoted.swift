/// Text from a file as a message shows it: in single quotes, control characters escaped so that a
/// terminal obeys none, cut after ``Limits/quotedCharacters``.
func quoted(_ text: String) -> String {
  let head = String(String.UnicodeScalarView(text.unicodeScalars.prefix(Limits.quotedCharacters)))
  let isCut = text.unicodeScalars.count > Limits.quotedCharacters
  return "'\(escapedForTerminal(head))\(isCut ? "…" : "")'"
}

/// `; did you mean 'x'?` with the candidate nearest to the text, or nothing when none is near.
func didYouMean(_ text: String, _ candidates: [String]) -> String {
  guard let nearest = nearest(to: text, among: candidates) else { return "" }
  return "; did you mean \(quoted(nearest))?"
}

/// `'x' is not WHAT`, with the nearest of the names that would do and a list of them.
func notAmong(_ name: String, _ what: String, _ names: [String]) -> String {
  let list = names.prefix(Limits.suggestions).joined(separator: ", ")
  let more = names.count > Limits.suggestions ? ", …" : ""
  let guess = didYouMean(name, names)
  return "\(quoted(name)) is not \(what)\(guess.isEmpty ? ";" : guess) "
    + (names.isEmpty ? "there is none" : "there is: \(list)\(more)")
}

/// The candidate with the fewest changed, missing, added or swapped characters, when these are one
/// or no more than a third of the text; the first of equals.
func nearest(to text: String, among candidates: [String]) -> String? {
  // In a word of one or two characters every edit makes another word.
  let limit = text.count < 3 ? 0 : max(1, text.count / 3)
  var best: (distance: Int, candidate: String)?
  for candidate in candidates.prefix(Limits.suggestions)
  where abs(candidate.count - text.count) <= limit {
    let distance = editDistance(Array(text), Array(candidate))
    if distance <= limit, distance < best?.distance ?? .max { best = (distance, candidate) }
  }
  return best?.candidate
}

/// Optimal string alignment distance: insertions, deletions, substitutions, swaps of neighbours.
private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  var before: [Int] = []
  var last = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var cost = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, before[j - 1] + 1) }
      row.append(cost)
    }
    (before, last) = (last, row)
  }
  return last[b.count]
}
