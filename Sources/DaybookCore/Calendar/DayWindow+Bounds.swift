extension DayWindow {
  /// What stands for `{start}` and `{end}` when this day of the zone is asked for.
  public func bounds(of day: Day, in zone: Zone) -> (start: String, end: String) {
    bounds(from: day, through: day, in: zone)
  }

  /// The same for a row of days. Bounds that name days count in days. Bounds that name moments are
  /// the first moment of `first` and the first after `last`, moved by the form's unit (a second or
  /// a millisecond) so that with these ends the server counts in exactly the moments between: a
  /// moment at midnight belongs to the new day.
  public func bounds(
    from first: Day, through last: Day, in zone: Zone
  ) -> (start: String, end: String) {
    if form.namesDays {
      switch ends {
      case .both: return (form.text(first), form.text(last))
      case .start: return (form.text(first), form.text(last + 1))
      case .neither: return (form.text(first - 1), form.text(last + 1))
      }
    }
    let start = zone.start(of: first)
    let end = zone.start(of: last + 1)
    let unit = form == .unixMilliseconds ? Duration.milliseconds(1) : .seconds(1)
    switch ends {
    case .both: return (form.text(start, zone), form.text(end - unit, zone))
    case .start: return (form.text(start, zone), form.text(end, zone))
    case .neither: return (form.text(start - unit, zone), form.text(end, zone))
    }
  }
}

extension DayForm {
  /// A day, in the forms that name days; the others write its date.
  fileprivate func text(_ day: Day) -> String { self == .compact ? day.compact : "\(day)" }

  /// A moment, in the forms that name moments.
  fileprivate func text(_ moment: Instant, _ zone: Zone) -> String {
    switch self {
    case .unix: return String(moment.seconds)
    case .unixMilliseconds: return String(floorDividing(moment.microseconds, 1_000))
    case .utc: return moment.civil(offset: 0) + "Z"
    case .naive: return moment.civil(offset: 0)
    case .offset: return offsetText(moment, zone)
    case .ymd, .compact, .parts: return text(zone.day(at: moment))
    }
  }

  private func offsetText(_ moment: Instant, _ zone: Zone) -> String {
    // RFC 3339 has no seconds in an offset; rounded down, the same moment is named, on clocks that
    // nobody has.
    let minutes = floorDividing(zone.offset(at: moment), 60)
    let sign = minutes < 0 ? "-" : "+"
    let (hour, minute) = minutes.magnitude.quotientAndRemainder(dividingBy: 60)
    return moment.civil(offset: minutes * 60) + sign + padded(Int(hour), 2) + ":"
      + padded(Int(minute), 2)
  }
}
