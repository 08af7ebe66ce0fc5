import DaybookCore
import Glibc

/// Where files go that stand under a day's name and are no day: `quarantine/ACCOUNT/STREAM/`.
enum Quarantine {
  static let folder = Name.quarantine
}

extension Archive {
  /// Moves a file, or whatever it is, out of the way. Returns its new path below the archive.
  func quarantine(
    _ name: String, in folder: Descriptor, account: String, stream: String, root: Descriptor
  ) throws(SystemError) -> String {
    let place = try self.folder("\(Quarantine.folder)/\(account)/\(stream)", below: root)
    var free = name
    var copy = 1
    while try operations.status(place, free) != nil {
      copy += 1
      free = "\(name)-\(copy)"
    }
    try operations.rename(folder, name, to: place, free)
    try operations.syncFolder(place)
    try operations.syncFolder(folder)
    return place.child(free)
  }
}
