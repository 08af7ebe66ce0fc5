// swift-tools-version: 6.2
import PackageDescription

// Every target: Swift 6 language mode and warnings as errors. Imports that are not declared here are
// errors too (`make` passes --explicit-target-dependency-import-check error): the arrows between
// the layers are held by the build.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "daybook",
  products: [
    .executable(name: "daybookd", targets: ["daybookd"]),
    .executable(name: "daybook", targets: ["daybook"]),
    .executable(name: "daybook-sim", targets: ["daybook-sim"]),
  ],
  dependencies: [
    // The command line of all three programs: help, errors, completions and the manual from one
    // declaration. Its cost (8 MB of binary, no Foundation) was measured and found worth it.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    // The system's C libraries, each with typed inline wrappers for what Swift cannot call.
    .systemLibrary(
      name: "CCurl", path: "Sources/CLibs/CCurl", pkgConfig: "libcurl",
      providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(
      name: "CSQLite", path: "Sources/CLibs/CSQLite", pkgConfig: "sqlite3",
      providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(
      name: "CSystemd", path: "Sources/CLibs/CSystemd", pkgConfig: "libsystemd",
      providers: [.apt(["libsystemd-dev"])]),
    .systemLibrary(
      name: "CYaml", path: "Sources/CLibs/CYaml", pkgConfig: "yaml-0.1",
      providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(
      name: "CCrypto", path: "Sources/CLibs/CCrypto", pkgConfig: "libcrypto",
      providers: [.apt(["libssl-dev"])]),
    // Bodies of XML: a streaming parser, fuzzed and kept for twenty-five years, in the place of one
    // of our own, whose mistakes would be believed as proofs.
    .systemLibrary(
      name: "CExpat", path: "Sources/CLibs/CExpat", pkgConfig: "expat",
      providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(name: "CLinux", path: "Sources/CLibs/CLinux"),

    // One lock, which ThreadSanitizer understands.
    .target(name: "Locking", swiftSettings: strict),

    // Every decision and every vocabulary. No clock, no file, no socket, no randomness.
    .target(
      name: "DaybookCore", dependencies: ["CYaml", "CCrypto", "CExpat"], swiftSettings: strict),
    // The loop, the ledger, the archive.
    .target(
      name: "DaybookEngine", dependencies: ["DaybookCore", "Locking", "CSQLite", "CLinux"],
      swiftSettings: strict),
    // The daemon: clock, sockets, effects, systemd.
    .executableTarget(
      name: "daybookd",
      dependencies: [
        "DaybookEngine", "DaybookCore", "Locking", "CCurl", "CSystemd", "CLinux",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    // The command: asks over the control socket, renders for people and as JSON.
    .executableTarget(
      name: "daybook",
      dependencies: [
        "DaybookCore", "CLinux",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    // Models of the providers, written from the facts, and the server that serves them.
    .target(
      name: "DaybookSimulator", dependencies: ["DaybookCore", "Locking", "CLinux"],
      swiftSettings: strict),
    .executableTarget(
      name: "daybook-sim",
      dependencies: [
        "DaybookSimulator",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    .testTarget(
      name: "LockingTests", dependencies: ["Locking"], swiftSettings: strict),
    .testTarget(
      name: "DaybookCoreTests", dependencies: ["DaybookCore"], exclude: ["JSON/JSONTestSuite.txt"],
      swiftSettings: strict),
    .testTarget(
      name: "DaybookEngineTests",
      dependencies: ["DaybookEngine", "DaybookCore", "Locking", "CSQLite"], swiftSettings: strict),
    .testTarget(
      name: "DaybookSimulatorTests", dependencies: ["DaybookSimulator", "DaybookCore"],
      swiftSettings: strict),
    .testTarget(
      name: "daybookdTests",
      dependencies: ["daybookd", "DaybookEngine", "DaybookCore", "Locking", "CCurl", "CLinux"],
      swiftSettings: strict),
    .testTarget(
      name: "daybookTests", dependencies: ["daybook", "DaybookCore", "Locking", "CLinux"],
      swiftSettings: strict),
    // What holds for any bytes, played once with those that fuzzing found worth keeping.
    .testTarget(
      name: "FuzzTests",
      dependencies: [
        "daybookd", "daybook", "DaybookSimulator", "DaybookEngine", "DaybookCore", "CLinux",
      ],
      swiftSettings: strict),
    // Whole systems: the engine in virtual time against the models, and the programs as processes.
    .testTarget(
      name: "SimulationTests",
      dependencies: ["DaybookEngine", "DaybookSimulator", "DaybookCore", "Locking"],
      swiftSettings: strict),
    .testTarget(
      name: "ProgramTests",
      dependencies: ["DaybookCore", "DaybookEngine", "DaybookSimulator", "CLinux"],
      swiftSettings: strict),
  ]
)

// `make proof` builds what plays the engine in virtual time alone, optimised, and with a view into
// the engine (-enable-testing), which the programs that are installed do not need.
if Context.environment["DAYBOOK_PROOF"] != nil {
  package.products = []
  package.targets.removeAll { $0.type == .test || $0.type == .executable }
  package.targets += [
    .target(
      name: "World", dependencies: ["DaybookEngine", "DaybookSimulator", "DaybookCore", "Locking"],
      path: "Tests/SimulationTests/World", swiftSettings: strict),
    .executableTarget(
      name: "lives", dependencies: ["World", "DaybookEngine", "DaybookCore"],
      path: "Tests/Proof/simulation", exclude: ["run", "simulation.py"], swiftSettings: strict),
    .executableTarget(
      name: "windows", dependencies: ["World", "DaybookEngine", "DaybookSimulator", "DaybookCore"],
      path: "Tests/Proof/windows/prover", swiftSettings: strict),
    // Not a proof, and built in the same way: see bench/.
    .executableTarget(
      name: "engine",
      dependencies: ["World", "DaybookEngine", "DaybookSimulator", "DaybookCore", "CSQLite"],
      path: "bench/engine", swiftSettings: strict),
  ]
}

// `make fuzz` builds the checks of FuzzTests alone, watched by libFuzzer, and with them what of the
// programs reads bytes.
if Context.environment["DAYBOOK_FUZZ"] != nil {
  package.products = []
  package.targets.removeAll {
    $0.type == .test || $0.type == .executable || $0.name == "DaybookSimulator"
  }
  package.targets += [
    .target(
      name: "daybookd", dependencies: ["DaybookEngine", "DaybookCore", "CCurl"],
      sources: [
        "Control/Conversation.swift", "HTTP/HeaderList.swift", "HTTP/ResponseHead.swift",
        "HTTP/Target.swift",
      ], swiftSettings: strict),
    .target(
      name: "daybook", dependencies: ["DaybookCore"],
      sources: ["Login/RedirectAddress.swift", "Login/RedirectRequest.swift"],
      swiftSettings: strict),
    .target(
      name: "DaybookSimulator", dependencies: ["DaybookCore"],
      sources: [
        "Model/SimRequest.swift", "Server/RequestHead.swift", "Server/RequestParser.swift",
        "Support",
      ], swiftSettings: strict),
    .target(
      name: "FuzzChecks",
      dependencies: ["daybookd", "daybook", "DaybookSimulator", "DaybookEngine", "DaybookCore"],
      path: "Tests/FuzzTests/Checks", swiftSettings: strict),
    .executableTarget(
      name: "fuzz", dependencies: ["FuzzChecks"], path: "Tests/Proof/fuzz",
      sources: ["Fuzz.swift"], swiftSettings: strict),
  ]
}
