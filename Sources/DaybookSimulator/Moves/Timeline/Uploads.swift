/// When the phone hands over what it knows: about every two hours. Seconds since 1970.
struct Uploads {
  var seed: UInt64
  private static let period = 7_200
  /// An upload falls into the first part of its period.
  private static let spread = 5_400

  /// The upload of one period.
  private func moment(_ index: Int) -> Int {
    var random = Seeded(seed, index, 3)
    return index * Uploads.period + random.below(Uploads.spread)
  }

  /// The last upload up to `t`.
  func last(upTo t: Int) -> Int {
    let index = t / Uploads.period
    let moment = moment(index)
    return moment <= t ? moment : self.moment(index - 1)
  }

  /// The first upload from `t` on.
  func first(from t: Int) -> Int {
    let index = t / Uploads.period
    let moment = moment(index)
    return moment >= t ? moment : self.moment(index + 1)
  }
}
