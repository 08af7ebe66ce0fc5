/// Counts the different names of elements and attributes. The parser keeps each of them until the
/// end, so that without a limit a body made of ever new names would fill the memory.
struct NameCount {
  /// Seeded anew in each process, so that nobody makes names that meet in one hash.
  private var seen: Set<Int> = []
  private var last: Int?

  /// False when the name is too long, or one too many.
  mutating func admit(_ name: UnsafeRawBufferPointer) -> Bool {
    guard name.count <= Limits.xmlNameBytes else { return false }
    var hasher = Hasher()
    hasher.combine(bytes: name)
    let hash = hasher.finalize()
    // Most often the same name comes again.
    if hash == last { return true }
    last = hash
    if seen.count >= Limits.xmlNames { return seen.contains(hash) }
    seen.insert(hash)
    return true
  }
}
