//! The stable codes of everything that can go wrong, in one place.
//!
//! A code is a promise to API clients and the key the interface translates by. The `generated/error-codes.md` page is
//! made from [`ErrorCode::ALL`].

use serde::{Deserialize, Serialize};

macro_rules! error_codes {
    ($($name:ident = $text:literal, $meaning:literal;)+) => {
        /// A stable, machine-readable name for one kind of failure.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum ErrorCode {
            $(#[doc = $meaning] #[serde(rename = $text)] $name,)+
        }

        impl ErrorCode {
            /// Every code, in the order of the page.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }

            /// One sentence for people.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$name => $meaning,)+ }
            }

            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|code| code.as_str() == text)
            }
        }
    };
}

error_codes! {
    // Requests
    InvalidInput = "invalid_input", "Some fields are missing or wrong; `errors` names each.";
    MalformedRequest = "malformed_request", "The request body or query could not be read.";
    NotAuthenticated = "not_authenticated", "Nobody is signed in, or the session has ended.";
    WrongCredentials = "wrong_credentials", "The e-mail address or the password is not right.";
    AccessTokenInvalid = "access_token_invalid", "This access token does not work, or works no more.";
    RefreshTokenInvalid = "refresh_token_invalid", "This refresh token does not work, or was used before; sign in again.";
    ApiKeyInvalid = "api_key_invalid", "This is not an API key of this installation.";
    ApiKeyExpired = "api_key_expired", "The API key has expired.";
    ApiKeyRevoked = "api_key_revoked", "The API key was revoked.";
    ApiKeyWithoutOwner = "api_key_without_owner", "Whoever made the API key is no longer a member of its workspace.";
    ApiKeyWrongAddress = "api_key_wrong_address", "The API key may not be used from this address.";
    Forbidden = "forbidden", "You are not allowed to do this.";
    CrossSiteRequest = "cross_site_request", "Another site sent this request, so it was refused.";
    NotFound = "not_found", "It does not exist, or not in this workspace.";
    MethodNotAllowed = "method_not_allowed", "This address does not take that method.";
    Conflict = "conflict", "It was changed or used in the meantime.";
    EmailTaken = "email_taken", "An account with this e-mail address exists already.";
    RegistrationClosed = "registration_closed", "New accounts are by invitation only on this installation.";
    LastOwner = "last_owner", "A workspace needs an owner; this is its only one.";
    AlreadyMember = "already_member", "They are a member of the workspace already.";
    OtherAccount = "other_account", "This is for another account than the one you are signed in with.";
    EmailNotVerified = "email_not_verified", "The e-mail address is not confirmed yet.";
    LinkInvalid = "link_invalid", "The link has been used, replaced or has ended.";
    TooEarly = "too_early", "The link works later.";
    CodeInvalid = "code_invalid", "The code of the second step is not right, or was used already.";
    TicketExpired = "ticket_expired", "Signing in took too long; begin again with the password.";
    TwoFactorOn = "two_factor_on", "Two-factor authentication is on already.";
    TwoFactorRequired = "two_factor_required", "The workspace requires two-factor authentication of its members.";
    SignInAgain = "sign_in_again", "Enter the password, or sign in again: the last sign-in was a while ago.";
    SignInElsewhereFailed = "sign_in_elsewhere_failed", "The other provider could not be asked, or its answer made no sense.";
    SignInElsewhereDenied = "sign_in_elsewhere_denied", "The other provider did not let anybody in.";
    ProviderAddressNotProved = "provider_address_not_proved", "The other provider does not say that the e-mail address is proved.";
    SignInNotLinked = "sign_in_not_linked", "There is an account with this address; sign in to it and link the other sign-in.";
    SignInLinkTaken = "sign_in_link_taken", "This sign-in, or this account, is linked with another already.";
    PasskeyInvalid = "passkey_invalid", "The passkey is not known here, or its answer does not hold.";
    PasskeyCopied = "passkey_copied", "The passkey looks copied and opens nothing.";
    LastWayIn = "last_way_in", "Nothing else leads into the account.";
    LastAdministrator = "last_administrator", "Somebody has to be administrator of the installation.";
    MailNotConfigured = "mail_not_configured", "The installation sends no mail.";
    TemplateInvalid = "template_invalid", "The text of a message does not fill in.";
    IdempotencyKeyReused = "idempotency_key_reused", "This Idempotency-Key was used for a different request.";
    IdempotencyKeyInUse = "idempotency_key_in_use", "A request with this Idempotency-Key is still being answered.";
    TooManyRequests = "too_many_requests", "Too many requests; wait as long as `Retry-After` says.";
    SignatureInvalid = "signature_invalid", "The request is not signed as it must be.";
    PayloadTooLarge = "payload_too_large", "What was sent is larger than allowed.";
    UnsupportedMediaType = "unsupported_media_type", "What was sent is not of a type that is taken here.";
    Unavailable = "unavailable", "The database cannot be reached or written right now; nothing was saved.";
    Internal = "internal", "Something went wrong on our side; quote the request id.";
    // Fields
    Required = "required", "This is needed.";
    UnknownField = "unknown_field", "There is no such field.";
    WrongType = "wrong_type", "The value is of the wrong type.";
    TooShort = "too_short", "This is too short.";
    TooLong = "too_long", "This is too long.";
    OutOfRange = "out_of_range", "The value is outside the allowed range.";
    InvalidEmail = "invalid_email", "This is not an e-mail address.";
    InvalidUrl = "invalid_url", "This is not a usable address.";
    InvalidNetwork = "invalid_network", "This is not an IP address or a network.";
    WeakPassword = "weak_password", "This password is too easy to guess.";
    UnknownChannel = "unknown_channel", "There is no such channel in this workspace.";
    ChannelDisabled = "channel_disabled", "This channel is switched off.";
    ChannelPaused = "channel_paused", "This channel is paused.";
    PostPaused = "post_paused", "This post is paused.";
    UnknownMedia = "unknown_media", "There is no such picture or video in this workspace.";
    UnknownFolder = "unknown_folder", "There is no such folder in this workspace.";
    NameTaken = "name_taken", "Something else there has this name already.";
    UnknownTimeZone = "unknown_time_zone", "This is not a time zone of the IANA database.";
    TimeInPast = "time_in_past", "This time has passed already.";
    TimeTooFar = "time_too_far", "This time is too far in the future.";
    Duplicate = "duplicate", "The same thing is named twice.";
    NotAllowed = "not_allowed", "This value is not one of those allowed.";
    // Content findings
    TextRequired = "text_required", "This channel needs a text.";
    TextTooLong = "text_too_long", "The text is longer than this channel allows.";
    TooManyHashtags = "too_many_hashtags", "More hashtags than this channel allows.";
    TooManyMentions = "too_many_mentions", "More mentions than this channel allows.";
    MediaRequired = "media_required", "This channel needs a picture or a video.";
    TooManyMedia = "too_many_media", "More pictures or videos than this channel allows.";
    MediaMixNotAllowed = "media_mix_not_allowed", "Pictures and videos cannot be mixed on this channel.";
    MediaTypeNotAllowed = "media_type_not_allowed", "This channel does not take files of this type.";
    MediaTooLarge = "media_too_large", "The file is larger than this channel allows.";
    MediaShapeNotAllowed = "media_shape_not_allowed", "The picture is too wide or too tall for this channel.";
    MediaTooSmall = "media_too_small", "The picture or video is smaller than this channel needs.";
    VideoTooShort = "video_too_short", "The video is shorter than this channel needs.";
    VideoTooLong = "video_too_long", "The video is longer than this channel allows.";
    AltTextMissing = "alt_text_missing", "People who cannot see the picture have nothing to read.";
    AltTextTooLong = "alt_text_too_long", "The alternative text is longer than this channel allows.";
    TextNotShown = "text_not_shown", "The text is not shown there.";
    LinkNotClickable = "link_not_clickable", "Links in captions cannot be followed on this channel.";
    DuplicateContent = "duplicate_content", "The same content is on this channel already.";
    SameTime = "same_time", "Another post goes out on this channel in the same minute.";
    NoQueueSlots = "no_queue_slots", "This channel has no free queue slot.";
    NeverDue = "never_due", "This rule names no time at all.";
    // Uploads
    EmptyFile = "empty_file", "The file has no content.";
    FileTooLarge = "file_too_large", "The file is larger than this installation takes.";
    UnsupportedFile = "unsupported_file", "Only JPEG, PNG, GIF and WebP pictures and MP4, MOV and WebM videos are taken.";
    UnreadableFile = "unreadable_file", "The file is damaged, or is not what its name says.";
    PictureTooLarge = "picture_too_large", "The picture has more pixels than can be handled.";
    MediaInUse = "media_in_use", "A scheduled post uses this file.";
    MediaUnavailable = "media_unavailable", "Pictures and videos cannot be read or written right now; nothing is lost.";
    AddressUnreachable = "address_unreachable", "Nothing could be fetched from this address.";
    StillPictureNeeded = "still_picture_needed", "Only pictures that do not move can be cropped or converted.";
    FolderNotEmpty = "folder_not_empty", "The folder is not empty.";
    RemoteFileNotFound = "remote_file_not_found", "The file is not at the platform any more, or not for this connection.";
    RemoteFileRefused = "remote_file_refused", "The platform does not let this file be downloaded.";
    // Connecting
    PlatformUnknown = "platform_unknown", "There is no such platform.";
    PlatformNotConfigured = "platform_not_configured", "This installation has no credentials for the platform yet.";
    ConnectNotSupported = "connect_not_supported", "This platform is not connected in this way.";
    StateInvalid = "state_invalid", "The sign-in took too long, was used already, or began in another browser.";
    ConsentDenied = "consent_denied", "The platform says that access was not granted.";
    NothingToConnect = "nothing_to_connect", "The account has nothing Fanfare could publish to.";
    ConnectionExpired = "connection_expired", "The platform no longer accepts this connection; reconnect it.";
    CredentialsUnreadable = "credentials_unreadable", "What is stored for the connection cannot be read with this installation's keys.";
    PermissionMissing = "permission_missing", "The connection lacks a permission that this needs.";
    AddressNotAllowed = "address_not_allowed", "This address may not be reached from here.";
    ServerNotSupported = "server_not_supported", "The server at this address does not speak the expected protocol.";
    // Publishing
    PlatformUnavailable = "platform_unavailable", "The platform does not answer as it should; it is tried again.";
    PlatformRateLimited = "platform_rate_limited", "The platform asks for fewer calls; it is tried again later.";
    DailyLimitReached = "daily_limit_reached", "The channel has reached the platform's limit of posts for now.";
    PlatformRefused = "platform_refused", "The platform refused.";
    AccountRestricted = "account_restricted", "The platform has restricted the account.";
    ContentRejected = "content_rejected", "The platform did not accept the text.";
    MediaRejected = "media_rejected", "The platform did not accept a picture or video.";
    MediaUnreachable = "media_unreachable", "The platform could not fetch a picture or video from this installation.";
    MediaMissing = "media_missing", "A picture or video of the post is gone.";
    OutcomeUnknown = "outcome_unknown", "It is not known whether the post went out; look before sending again.";
    AnswerNotUnderstood = "answer_not_understood", "The platform answered something that makes no sense to us.";
    ChannelRemoved = "channel_removed", "The channel was disconnected or removed.";
    GaveUp = "gave_up", "It was tried for as long as makes sense.";
    Missed = "missed", "Fanfare was not running when the post was due.";
    TooLate = "too_late", "Publishing has begun already.";
    NotPossibleInState = "not_possible_in_state", "This cannot be done in the present state.";
}

impl std::fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::ErrorCode;

    #[test]
    fn every_code_is_unique_and_reads_back() {
        for code in ErrorCode::ALL {
            assert_eq!(ErrorCode::parse(code.as_str()), Some(*code));
        }
    }
}
