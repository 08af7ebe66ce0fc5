/// When one person's devices hand over what they measured. Seconds since 1970.
struct HealthSync: Hashable, Sendable {
  var seed: UInt64
  /// Since when they no longer do so by themselves; nil: they do.
  var heldSince: Int?
  /// The last one that was asked for.
  var forced: Int?

  /// Data up to this moment are in the answers at `now`.
  func last(upTo now: Int) -> Int {
    let byItself = Uploads(seed: seed).last(upTo: min(now, heldSince ?? now))
    return max(byItself, min(forced ?? .min, now))
  }
}
