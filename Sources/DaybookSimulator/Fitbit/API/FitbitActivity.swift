import DaybookCore

/// Steps and what goes with them: by days and by minutes.
extension FitbitView {
  /// `{"activities-steps":[{"dateTime":…,"value":"3212"}]}`
  func series(_ resource: FitbitResource, _ asked: ClosedRange<Day>) -> [UInt8] {
    let days = days(asked)
    var json = FitbitJSON(reserving: 64 + days.count * 48)
    json.object { totals(&$0, resource, days) }
    return json.bytes
  }

  private func totals(_ json: inout FitbitJSON, _ resource: FitbitResource, _ days: [Day]) {
    json.array(named: "activities-\(resource.rawValue)") { list in
      for day in days {
        list.object {
          $0.day("dateTime", day)
          $0.text("value", total(resource, minutes(day), day))
        }
      }
    }
  }

  /// The same with the minutes, which an application that is not approved does not get.
  func intraday(_ resource: FitbitResource, _ span: FitbitSpan, approved: Bool) -> [UInt8] {
    let days = days(span.days)
    var json = FitbitJSON(reserving: 65_536)
    json.object {
      totals(&$0, resource, days)
      guard approved else { return }
      $0.object(named: "activities-\(resource.rawValue)-intraday") {
        $0.array("dataset") { list in
          for day in days { points(&list, resource, span, day) }
        }
        $0.integer("datasetInterval", span.slot / 60)
        $0.text("datasetType", static: "minute")
      }
    }
    return json.bytes
  }

  /// One point for each slot that is known, zeros included; not confirmed: that the slots after
  /// the last synchronisation are left out rather than zero.
  private func points(
    _ list: inout FitbitJSON, _ resource: FitbitResource, _ span: FitbitSpan, _ day: Day
  ) {
    let minutes = minutes(day)
    let slot = span.slot / 60
    let asked = span.minutes(of: day)
    let known = min(asked.upperBound, knownMinutes(day))
    for start in stride(from: asked.lowerBound, to: known, by: slot)
    where start * 60 % pointEvery < span.slot {
      let range = start..<min(start + slot, known)
      let sum = sum(resource, minutes, range)
      if resource == .calories {
        effort(&list, minutes, range, sum)
      } else {
        list.point(start * 60, millionths: sum)
      }
    }
  }

  /// `{"level":0,"mets":10,"time":"00:00:00","value":1.19}`
  private func effort(
    _ list: inout FitbitJSON, _ minutes: WearerMinutes, _ range: Range<Int>, _ sum: Int
  ) {
    var level = 0
    var mets = 0
    for minute in range {
      level = max(level, minutes.level(minute))
      mets += minutes.mets(minute)
    }
    list.object {
      $0.integer("level", level)
      $0.integer("mets", mets)
      $0.clock("time", range.lowerBound * 60)
      $0.millionths("value", sum)
    }
  }
}

extension FitbitSpan {
  /// Seconds of one of its days.
  func seconds(of day: Day) -> Range<Int> {
    let midnight = (day - days.lowerBound) * 86_400
    return max(0, seconds.lowerBound - midnight)..<min(86_400, seconds.upperBound - midnight)
  }

  func minutes(of day: Day) -> Range<Int> {
    let seconds = seconds(of: day)
    return seconds.lowerBound / 60..<(seconds.upperBound + 59) / 60
  }
}
