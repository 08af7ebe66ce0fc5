@testable import DaybookCore

/// Reads of one day, 2016-06-18 in UTC, told by the hours after its end.
enum Reads {
  static let end = Instant(seconds: 1_466_294_400)

  static func at(_ hours: Double) -> Instant {
    end + .microseconds(Int64((hours * 3_600_000_000).rounded()))
  }
  static func days(_ days: Double) -> Instant { at(days * 24) }

  /// A read whose content is told by its `text` alone.
  static func read(
    _ moment: Instant, _ text: String = "a", items: Int = 3, size: Int64 = 1_000,
    zone: String = "UTC"
  ) -> Read {
    let hash = SHA256()
    hash.update(Array(text.utf8))
    let digest = hash.finish()
    return Read(at: moment, size: size, sha256: digest, digest: digest, items: items, zone: zone)
  }

  /// What is stored after equal reads at these hours.
  static func stored(_ hours: Double..., text: String = "a", items: Int = 3) -> StoredDay {
    let first = at(hours[0])
    return StoredDay(
      read: read(first, text, items: items), reads: hours.count, equalSince: first,
      readAt: at(hours[hours.count - 1]))
  }

  static func rule(
    settle: Int = 1, synced: Bool = false, syncedAt: Instant? = nil, neighbours: Int64? = nil,
    zones: Bool = false
  ) -> Settling {
    Settling(
      end: end, settle: Settle(days: settle, synced: synced), syncedAt: syncedAt,
      neighbourSize: neighbours, printsInCurrentZone: zones)
  }
}
