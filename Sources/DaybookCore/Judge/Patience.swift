/// How long to wait after trouble. Waits grow from the first on, and are spread by a seeded draw so
/// that many accounts do not come back at the same moment.
public enum Patience {
  /// Between calls of one account while its provider has trouble: full jitter over 2 s doubled with
  /// each failure, at most 15 minutes; never less than a quarter of it.
  public static func lane(failures: Int, random: inout SeededRandom) -> Duration {
    let ceiling = min(Duration.minutes(15), .seconds(2) * (1 << min(failures - 1, 12)))
    return spread(ceiling, from: 4, &random)
  }

  /// Between calls of one account whose provider should have ended, and does not answer: four to
  /// eight a day.
  public static func over(random: inout SeededRandom) -> Duration {
    spread(.hours(6), from: 2, &random)
  }

  /// Before one day is tried again: 5 s, 20 s, 80 s … at most 6 h.
  public static func day(attempts: Int, random: inout SeededRandom) -> Duration {
    let ceiling = min(Duration.hours(6), .seconds(5) * (1 << min(2 * (attempts - 1), 20)))
    return spread(ceiling, from: 2, &random)
  }

  /// Before a web site whose sign-in page has changed is tried again: it takes people to mend that,
  /// there or here. An hour, doubled, at most 6 hours.
  public static func page(failures: Int, random: inout SeededRandom) -> Duration {
    spread(min(.hours(6), .hours(1) * (1 << min(max(0, failures - 1), 8))), from: 2, &random)
  }

  /// After a refusal that says nothing about when: the smallest window, doubled each time, at most
  /// an hour.
  public static func refusal(window: Duration, refusals: Int, random: inout SeededRandom)
    -> Duration
  {
    let ceiling = min(Duration.hours(1), window * (1 << min(max(0, refusals - 1), 12)))
    return ceiling + spread(min(ceiling, .seconds(5)), from: 1_000, &random)
  }

  /// Between `ceiling`/`from` and `ceiling`.
  private static func spread(_ ceiling: Duration, from: Int, _ random: inout SeededRandom)
    -> Duration
  {
    let top = ceiling.inMicroseconds
    let low = top / Int64(from)
    return .microseconds(Int64.random(in: low...max(low, top), using: &random))
  }
}
