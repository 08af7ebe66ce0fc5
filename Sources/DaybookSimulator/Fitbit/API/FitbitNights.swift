import DaybookCore

/// What is measured in the main sleep: heart rate variability, oxygen saturation, breathing. Days
/// without it are left out.
extension FitbitView {
  private typealias Night = (day: Day, measures: WearerMeasures)

  /// The nights that were handed over at least so many seconds ago.
  private func nights(_ asked: ClosedRange<Day>, delay: Int = 0) -> [Night] {
    days(asked).compactMap { day in
      guard let sleep = wearer.mainSleep(day, revision: revision(day)),
        let age = sync.age(of: sleep), age >= delay
      else { return nil }
      return WearerMeasures(wearer, sleep).map { (day, $0) }
    }
  }

  func variability(_ asked: ClosedRange<Day>) -> [UInt8] {
    var json = FitbitJSON(reserving: 16_384)
    json.object {
      $0.array("hrv") { list in
        for night in nights(asked) {
          list.object {
            $0.day("dateTime", night.day)
            $0.array("minutes") { minutes in
              for moment in night.measures.moments { variability(&minutes, night.day, moment) }
            }
          }
        }
      }
    }
    return json.bytes
  }

  private func variability(
    _ list: inout FitbitJSON, _ day: Day, _ moment: WearerMeasures.Moment
  ) {
    list.object {
      $0.moment("minute", day, moment.second)
      $0.object("value") {
        $0.millionths("coverage", moment.coverage * 1_000)
        $0.millionths("hf", moment.high * 1_000)
        $0.millionths("lf", moment.low * 1_000)
        $0.millionths("rmssd", moment.rmssd * 1_000)
      }
    }
  }

  /// By date an object, also without a measurement, by range an array (not confirmed).
  func saturation(_ asked: ClosedRange<Day>, isByDate: Bool, delay: Int) -> [UInt8] {
    let nights = nights(asked, delay: delay)
    var json = FitbitJSON(reserving: 16_384)
    if isByDate {
      saturation(&json, asked.lowerBound, nights.first?.measures.moments ?? [])
    } else {
      json.array { list in
        for night in nights { saturation(&list, night.day, night.measures.moments) }
      }
    }
    return json.bytes
  }

  private func saturation(
    _ json: inout FitbitJSON, _ day: Day, _ moments: [WearerMeasures.Moment]
  ) {
    json.object {
      $0.day("dateTime", day)
      $0.array("minutes") { list in
        for moment in moments {
          list.object {
            $0.moment("minute", day, moment.second)
            $0.millionths("value", moment.saturation * 100_000)
          }
        }
      }
    }
  }

  func breathing(_ asked: ClosedRange<Day>) -> [UInt8] {
    var json = FitbitJSON()
    json.object {
      $0.array("br") { list in
        for night in nights(asked) {
          list.object {
            $0.day("dateTime", night.day)
            $0.object("value") { rates(&$0, night.measures.breathing) }
          }
        }
      }
    }
    return json.bytes
  }

  private func rates(_ json: inout FitbitJSON, _ breathing: WearerMeasures.Breathing) {
    func rate(_ json: inout FitbitJSON, _ key: StaticString, _ tenths: Int) {
      json.object(key) { $0.millionths("breathingRate", tenths * 100_000) }
    }
    rate(&json, "deepSleepSummary", breathing.deep)
    rate(&json, "fullSleepSummary", breathing.full)
    rate(&json, "lightSleepSummary", breathing.light)
    rate(&json, "remSleepSummary", breathing.rem)
  }
}
