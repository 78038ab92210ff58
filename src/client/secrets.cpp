#include "client/secrets.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/strike_out.h"
#include "json/document.h"
#include "wire/codec.h"

namespace xai::client {

using management::HttpRequest;
using management::HttpResponse;
using management::Result;
using management::Secret;
using management::Transport;

bool is_secret_member(std::string_view given) {
  static constexpr std::array<std::string_view, 6> known{"apiKey", "secret",   "token",
                                                         "bearer", "password", "authorization"};
  return std::ranges::any_of(
      known, [&](std::string_view member) { return wire::is_same_name(member, given); });
}

Secrets::Secrets(const Secret& management_key) { add(management_key); }

void Secrets::note(const Secret& secret) {
  const std::scoped_lock lock{mutex_};
  add(secret);
}

void Secrets::note(const std::string& body) {
  const auto document = json::Document::parse(body);
  const std::scoped_lock lock{mutex_};
  if (document) note(document->root());
}

void Secrets::strike_out(std::string& text) const {
  const std::scoped_lock lock{mutex_};
  for (const Secret& secret : known_) base::strike_out(text, secret);
}

void Secrets::note(json::Value value) {
  for (const json::Value& item : value.items()) note(item);
  for (const json::Member& member : value.members()) {
    if (is_secret_member(member.name) && member.value.is_string())
      add(Secret{std::string{member.value.text()}});
    else
      note(member.value);
  }
}

void Secrets::add(const Secret& secret) {
  // A shorter text could be any word.
  constexpr std::size_t secret_bytes_min = 8;
  if (secret.reveal().size() >= secret_bytes_min &&
      std::ranges::find(known_, secret) == known_.end())
    known_.push_back(secret);
}

Transport with_noted_secrets(Transport next, std::shared_ptr<Secrets> secrets, bool is_shown) {
  return [next = std::move(next), secrets = std::move(secrets),
          is_shown](const HttpRequest& request) -> Result<HttpResponse> {
    secrets->note(request.credential);
    auto result = next(request);
    if (result && (is_shown || request.salvage)) secrets->note(result->body);
    return result;
  };
}

}  // namespace xai::client
