#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/pending.h"
#include "cli/render/lists.h"
#include "cli/render/table.h"
#include "json/document.h"
#include "xai/management/api_keys.h"

namespace xai::cli {

// What the commands about API keys share: how a key is found, named and shown.

/// The document of a key without its secret, which belongs only where it was minted.
json::Value without_secret(json::Value key, json::Arena& arena);

/// A key and the document it came in, which may hold members we do not know.
struct FoundKey {
  management::ApiKey key;
  std::string json;  ///< Canonical names and types, unknown members verbatim.
};

/// The key that KEY names: an id, else an exact name.
/// Errors: not found (with the closest names); refused when several keys have that name.
management::Result<FoundKey> find_key(Session& session, const std::string& key_text);

/// Keys that a create with a lost answer may have made: of this name and this creator, no older
/// than its start by the service's clock, and not one whose secret another run here got.
/// Errors: refused while another run creates a key of that name; those of the look-ups.
management::Result<std::vector<management::ApiKey>> find_lost_keys(Session& session,
                                                                   const Pending& pending);

struct KeyState {
  std::string text;  ///< `active`, `disabled`, `expired` or `expiring`.
  Style style;
};
KeyState state_of(const management::ApiKey& key, management::Timestamp now);

/// The models of a key in short form: `all`, names, or `none`. Likewise its endpoints.
std::string models_of(const management::ApiKey& key);
std::string endpoints_of(const management::ApiKey& key);
/// `qps 5, qpm 100`, or `none`.
std::string limits_of(const management::ApiKey& key);

/// Everything about a key as labelled lines; the secret when it has one.
Labels labels_of(Session& session, const management::ApiKey& key);
void print_key(Session& session, Output& output, const management::ApiKey& key);

/// Writes the request that would be sent, for `--dry-run`. No secret is in it.
Status print_dry_run(Session& session, const management::HttpRequest& request);

Run declare_create_key(Options& options);
Run declare_list_keys(Options& options);
Run declare_get_key(Options& options);
Run declare_update_key(Options& options);
Run declare_rotate_key(Options& options);
Run declare_delete_key(Options& options);
Run declare_check_key(Options& options);
Run declare_recover(Options& options);

}  // namespace xai::cli
