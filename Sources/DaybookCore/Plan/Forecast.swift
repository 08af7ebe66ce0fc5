/// How long a backlog will take: what the windows allow, or what has been measured where there are
/// none.
public enum Forecast {
  /// Seconds until `calls` more calls have been made.
  ///
  /// - Parameters:
  ///   - windows: all windows the calls must pass.
  ///   - rate: calls a second, as measured lately; 0 when unknown.
  /// - Returns: nil when nothing is known.
  public static func seconds(forCalls calls: Int, windows: [CallWindow], rate: Double) -> Int? {
    guard calls > 0 else { return 0 }
    let bounds = windows.map { window -> Double in
      let room = max(0, window.limit - window.used)
      let beyond = max(0, calls - room)
      return Double(beyond) / Double(max(1, window.limit)) * window.spec.seconds
    }
    let paced = bounds.max() ?? 0
    if rate > 0 {
      // A burst measured while a window had room says nothing about the time it is closed.
      return Int(max(paced, min(Double(calls) / rate, paced > 0 ? paced * 1.5 : .infinity)).rounded(.up))
    }
    return paced > 0 ? Int(paced.rounded(.up)) : nil
  }
}
