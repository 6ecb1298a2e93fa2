// SPDX-License-Identifier: MIT

/// The strings that keep one use of a key or a digest from being taken for another.
package enum Domain: String, Sendable, CaseIterable {
    case birth = "beatbook/birth/1"
    case body = "beatbook/body/1"
    case seal = "beatbook/seal/1"
    case device = "beatbook/device/1"
    case request = "beatbook/request/1"
    case grant = "beatbook/grant/1"
    case grantSender = "beatbook/grant-sender/1"
    case boxNonce = "beatbook/box-nonce/1"
    case epochKey = "beatbook/epoch-key/1"
    case segmentNonce = "beatbook/segment-nonce/1"
    case sealed = "beatbook/sealed/1"
    case file = "beatbook/file/1"
    case vocabulary = "beatbook/vocabulary/1"
    case readingSeal = "beatbook/reading-seal/1"
    case epochBox = "beatbook/epoch-box/1"
    case epochSender = "beatbook/epoch-sender/1"
    case recoveryCheck = "beatbook/recovery-check/1"
    case recoverySign = "beatbook/recovery-sign/1"
    case recoveryBox = "beatbook/recovery-box/1"
    case witness = "beatbook/witness/1"
    case lost = "beatbook/lost/1"
    case marker = "beatbook/marker/1"

    package var utf8: [UInt8] { Array(rawValue.utf8) }
}
