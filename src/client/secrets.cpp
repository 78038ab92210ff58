#include "client/secrets.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "base/strike_out.h"
#include "json/document.h"
#include "json/whole_part.h"
#include "wire/codec.h"

namespace xai::client {

using management::HttpRequest;
using management::HttpResponse;
using management::Result;
using management::Secret;
using management::Transport;

namespace {

/// Strikes out what has the form that the service gives to API keys, known or not.
void strike_out_key_forms(std::string& text) {
  constexpr std::string_view prefix = "xai-";
  constexpr std::size_t letters_min = 30;
  constexpr std::string_view mark = "***";
  const auto is_letter = [](unsigned char letter) {
    return std::isalnum(letter) != 0 || letter == '_';
  };
  for (std::size_t at = text.find(prefix); at != std::string::npos; at = text.find(prefix, at)) {
    const std::string_view rest = std::string_view{text}.substr(at + prefix.size());
    const auto letters =
        static_cast<std::size_t>(std::ranges::find_if_not(rest, is_letter) - rest.begin());
    const bool is_key = letters >= letters_min;
    if (is_key) text.replace(at, prefix.size() + letters, mark);
    at += is_key ? mark.size() : prefix.size();
  }
}

}  // namespace

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
  auto document = json::Document::parse(body);
  if (!document) document = json::Document::parse(json::whole_part(body));
  const std::scoped_lock lock{mutex_};
  if (document) note(document->root());
}

void Secrets::strike_out(std::string& text) const {
  const std::scoped_lock lock{mutex_};
  for (const Secret& secret : known_) base::strike_out(text, secret);
  strike_out_key_forms(text);
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
    if (!request.salvage) {
      auto result = next(request);
      if (result && is_shown) secrets->note(result->body);
      return result;
    }
    HttpRequest minting = request;
    minting.salvage = [&](const HttpResponse& broken_off) {
      secrets->note(broken_off.body);
      request.salvage(broken_off);
    };
    auto result = next(minting);
    if (result) secrets->note(result->body);
    return result;
  };
}

}  // namespace xai::client
