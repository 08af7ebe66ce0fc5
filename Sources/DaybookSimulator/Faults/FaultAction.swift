/// What goes wrong with an answer.
public enum FaultAction: Hashable, Sendable {
  /// Another status and a short text. The provider has done what was asked if `processed`.
  case status(Int, retryAfter: String?, processed: Bool)
  /// The body ends early, in a way libcurl may or may not notice.
  case cut(at: Int, SimResponse.Framing)
  /// The first byte comes late.
  case delay(Duration)
  /// Nothing comes after so many bytes of the body; nil: nothing at all.
  case stall(after: Int?)
  /// The connection is reset after so many bytes; nil: before any, the provider having done what
  /// was asked only if `processed`.
  case reset(after: Int?, processed: Bool)
  /// Nobody listens.
  case refused
  /// 200 with a page of the hotel's network.
  case html
  /// 200 without a body.
  case empty
  /// 200 with bytes that are no text.
  case noise
  /// The day before the one that was asked.
  case wrongDay
  /// The first object of the body has a key twice.
  case duplicateKeys
  /// The body is compressed, asked for or not.
  case gzip(GzipFault)
  case malformed(SimResponse.Malformation)
  /// `Date` is wrong by so many seconds.
  case dateSkew(Int)

  public enum GzipFault: String, CaseIterable, Sendable {
    /// As it should be.
    case whole
    /// Half the compressed bytes, with a length that fits them.
    case cut
    /// The checksum at the end is wrong.
    case checksum
    /// It says gzip and is not.
    case lie
  }

  /// The provider is not even asked.
  var replacesAnswer: Bool {
    switch self {
    case .status(_, _, let processed), .reset(_, let processed): !processed
    case .refused, .html, .stall(after: nil): true
    case .cut, .delay, .stall, .empty, .noise, .wrongDay, .duplicateKeys, .gzip, .malformed,
      .dateSkew:
      false
    }
  }
}
