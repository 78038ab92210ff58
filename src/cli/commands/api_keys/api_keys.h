#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/render/json.h"
#include "cli/render/table.h"
#include "json/document.h"
#include "workflows/key_lookup.h"
#include "xai/management/api_keys.h"
#include "xai/management/key_state.h"

namespace xai::cli {

// What the commands about API keys share: how a key is found, named and shown.

using management::KeyState;
using workflows::FoundKey;
using workflows::without_secret;

/// The key that KEY names; see `management::find_key`.
management::Result<FoundKey> find_key(Session& session, const std::string& key_text);

/// How a state looks on a terminal.
Style style_of(KeyState state);

/// The models of a key in short form: `all`, names, or `none`. Likewise its endpoints.
std::string models_of(const management::ApiKey& key);
std::string endpoints_of(const management::ApiKey& key);
/// `qps 5, qpm 100`, or `none`.
std::string limits_of(const management::ApiKey& key);

/// Everything about a key as labelled lines; the secret when it has one.
Labels labels_of(Session& session, const management::ApiKey& key);
void print_key(Session& session, Output& output, const management::ApiKey& key);

/// Whether the key may be changed: not where the profile in use protects its id, its name, or a
/// pattern that fits the name. Errors: refused.
management::Result<void> check_unprotected(Session& session, const management::ApiKey& key);
/// The same of an id, which is looked up where anything is protected.
management::Result<void> check_unprotected(Session& session, const std::string& api_key_id);

/// The argument KEY of a command about one key.
void declare_key_argument(Options& options, std::string& key);
void declare_dry_run(Options& options, bool& dry_run);
/// Do not ask.
void declare_yes(Options& options, bool& yes);

/// What cannot be a time to come by any clock is refused before the command begins.
void declare_expires(Options& options, const std::string& text);
/// When that is: by the service's clock, for a key must not be expired as soon as it is made.
/// None is never. Errors: usage for what is past; unauthenticated.
management::Result<std::optional<management::Timestamp>> expiry_of(Session& session,
                                                                   const std::string& text);

/// Writes the request that would be sent, for `--dry-run`. No secret is in it.
Status print_dry_run(Session& session, const management::HttpRequest& request);

}  // namespace xai::cli
