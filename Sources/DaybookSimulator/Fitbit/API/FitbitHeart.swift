import DaybookCore

/// The heart rate: zones by days, and measurements.
extension FitbitView {
  func heart(_ asked: ClosedRange<Day>) -> [UInt8] {
    var json = FitbitJSON(reserving: 4_096)
    json.object { zones(&$0, days(asked)) }
    return json.bytes
  }

  private func zones(_ json: inout FitbitJSON, _ days: [Day]) {
    json.array("activities-heart") { list in
      for day in days {
        list.object {
          $0.day("dateTime", day)
          $0.object("value") { zones(&$0, day) }
        }
      }
    }
  }

  /// Four zones with their minutes; the resting rate only when there is one.
  private func zones(_ json: inout FitbitJSON, _ day: Day) {
    let heart = WearerHeart(wearer, day, revision: revision(day))
    let minutes = minutes(day)
    let known = knownMinutes(day)
    json.array("customHeartRateZones") { _ in }
    json.array("heartRateZones") { list in
      for zone in wearer.zones {
        var count = 0
        var calories = 0
        for minute in 0..<known where zone.min..<zone.max ~= heart.curve[minute] {
          count += 1
          calories += minutes.calories(minute)
        }
        list.object {
          $0.millionths("caloriesOut", calories)
          $0.integer("max", zone.max)
          $0.integer("min", zone.min)
          $0.integer("minutes", count)
          $0.text("name", static: zone.name)
        }
      }
    }
    if wearer.isWorn(day), known > 0 {
      json.integer("restingHeartRate", wearer.restingRate(day))
    }
  }

  /// The zones with the measurements, which an application that is not approved does not get.
  func heartIntraday(_ span: FitbitSpan, approved: Bool) -> [UInt8] {
    let days = days(span.days)
    var json = FitbitJSON(reserving: span.slot == 1 ? 512 << 10 : 64 << 10)
    json.object {
      zones(&$0, days)
      guard approved else { return }
      $0.object("activities-heart-intraday") {
        $0.array("dataset") { list in
          for day in days { points(&list, span, day) }
        }
        $0.integer("datasetInterval", span.slot == 1 ? 1 : span.slot / 60)
        $0.text("datasetType", static: span.slot == 1 ? "second" : "minute")
      }
    }
    return json.bytes
  }

  /// What is not measured is left out.
  private func points(_ list: inout FitbitJSON, _ span: FitbitSpan, _ day: Day) {
    let heart = WearerHeart(wearer, day, revision: revision(day))
    let asked = span.seconds(of: day)
    let end = min(asked.upperBound, sync.seconds(of: day))
    if span.slot == 1 {
      var told = -1
      heart.measurements(before: end) { second, rate in
        guard second >= asked.lowerBound, second / pointEvery != told else { return }
        told = second / pointEvery
        list.point(second, rate)
      }
      return
    }
    for (slot, mean) in heart.means(every: span.slot, before: end).enumerated() where mean > 0 {
      let second = slot * span.slot
      guard second >= asked.lowerBound, second % pointEvery < span.slot else { continue }
      list.point(second, mean)
    }
  }
}
