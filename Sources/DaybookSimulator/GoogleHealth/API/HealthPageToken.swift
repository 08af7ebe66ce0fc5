import DaybookCore

/// Where a reading goes on: behind the last point or window that was given.
struct HealthPageToken: Hashable, Sendable {
  /// The last point's start and source, or the last window's start; `Int.max`: nothing was given.
  var start = Int.max
  var source = Int.max
  /// Pages before this one.
  var page = 0

  /// Of the context and the place: a token of another request does not fit.
  private func seal(_ context: String) -> String {
    let text = "\(context)|\(start)|\(source)|\(page)"
    return String(Checksum.hex128(Array(text.utf8)).prefix(16))
  }

  func text(_ context: String) -> String {
    Base64.urlSafe.encode(Array("\(start).\(source).\(page).\(seal(context))".utf8))
  }

  init() {}

  /// Nil for anything that ``text(_:)`` did not give for the same context.
  init?(_ text: String, _ context: String) {
    guard let bytes = Base64.urlSafe.decode(text) else { return nil }
    let parts = String(decoding: bytes, as: UTF8.self).split(separator: ".")
    guard parts.count == 4, let start = Int(parts[0]), let source = Int(parts[1]),
      let page = Int(parts[2])
    else { return nil }
    self.start = start
    self.source = source
    self.page = page
    guard seal(context) == parts[3] else { return nil }
  }

  func next(start: Int, source: Int = 0) -> HealthPageToken {
    var out = self
    out.start = start
    out.source = source
    out.page += 1
    return out
  }

  /// The same place, one page later.
  var again: HealthPageToken {
    var out = self
    out.page += 1
    return out
  }

  /// Whether the page of this token is empty although more may follow.
  func isEmptyPage(_ context: String, rate: Double) -> Bool {
    guard rate > 0, let seed = UInt64(seal(context), radix: 16) else { return false }
    var random = Seeded(seed, page, 71)
    return random.chance(min(rate, 0.9))
  }
}
