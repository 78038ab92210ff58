#pragma once

#include <functional>
#include <string>

#include "cli/session.h"
#include "xai/management/result.h"
#include "xai/management/secret.h"

namespace xai::cli {

// The desktop's keyring holds a management key for each profile. A process of its own asks it, by
// libsecret: whatever may be wrong there ends with that process, and so do its copies of the key.

/// The key of a profile, within a second; the user is never asked to unlock anything.
/// Errors: unauthenticated; cancelled.
management::Result<management::Secret> key_of_keyring(const std::string& profile,
                                                      const std::function<bool()>& is_cancelled);

/// Keeps the key of a profile, in place of the one before.
/// Errors: local_trouble.
management::Result<void> keep_in_keyring(const std::string& profile, const management::Secret& key);

/// What that process does: `__keyring get PROFILE`, or `__keyring set PROFILE` with the key on
/// standard input.
void serve_keyring(const Process& process, Output& output);

}  // namespace xai::cli
