import DaybookCore

/// Days of a stream that are read together: by one call, or by one row of pages. What has come of
/// them waits in temporary files until the last page is there; a process that ends before loses
/// nothing but the calls.
struct DaysRead {
  var stream: Int
  /// By day.
  var works: [DayWork]
  var pages: [Page] = []
  var turner = PageTurner()
  /// Of a stream with parts: what is to be asked for after the pages, next first, and what has come.
  var partsToAsk: [PartToAsk] = []
  var parts: [PartRead] = []
  /// A page said that the provider is still at work on its days.
  var isPending = false

  struct Page {
    var spooled: Spooled
    var elements: [ScannedElement]?
    var fetchedAt: Instant
  }

  init(stream: Int, works: [DayWork]) {
    precondition(!works.isEmpty, "a call for no day")
    self.stream = stream
    self.works = works
  }

  init(_ work: DayWork) { self.init(stream: work.stream, works: [work]) }

  var first: Day { works[0].day }
  var last: Day { works[works.count - 1].day }
  var isSingle: Bool { works.count == 1 }
  /// Everything of it that is in a temporary file.
  var spooled: [Spooled] { pages.map(\.spooled) + parts.compactMap(\.spooled) }
  /// The calls of one read are as old as the first of them.
  var fetchedAt: Instant? { pages.map(\.fetchedAt).min() }

  func keys(account: Int) -> [DayKey] {
    works.map { DayKey(account: account, stream: $0.stream, day: $0.day) }
  }
}

/// A read whose answers are being put together: days are cut out of it, or its pages joined.
struct Assembly {
  var lane: Int
  var read: DaysRead
}
