/// When a device hands over what it knows: once in each period. Seconds since 1970.
struct Uploads: Hashable, Sendable {
  var seed: UInt64
  /// A phone's: two hours.
  var period = 7_200
  /// An upload falls into the first part of its period, so many seconds long.
  var spread = 5_400

  /// The upload of one period.
  private func moment(_ index: Int) -> Int {
    var random = Seeded(seed, index, 3)
    return index * period + random.below(spread)
  }

  /// The last upload up to `t`.
  func last(upTo t: Int) -> Int {
    let index = t / period
    let moment = moment(index)
    return moment <= t ? moment : self.moment(index - 1)
  }

  /// The first upload from `t` on.
  func first(from t: Int) -> Int {
    let index = t / period
    let moment = moment(index)
    return moment >= t ? moment : self.moment(index + 1)
  }
}
