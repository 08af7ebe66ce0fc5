extension Instant {
  /// `14:03:20Z`, for lines that people read.
  public var clockText: String {
    let second = Int(floorDividing(microseconds, 1_000_000) % 86_400 + 86_400) % 86_400
    return "\(padded(second / 3_600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))Z"
  }
}
