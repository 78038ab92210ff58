"""The words of what a call went on in spite of."""

import warnings

from ._errors import XAIManagementWarning

_WORDS = {
    "usage_unreadable": "the usage could not be read: {detail}",
    "models_unchecked": "the models could not be checked ({detail})",
    "endpoints_unchecked": "the endpoints could not be checked ({detail})",
    "model_not_in_cluster": "the cluster {detail} does not have {subject}",
    "answer_broke_off": "the answer broke off, but not before the secret had come; the rest was looked up",
    "secret_unrecorded": "the secret could not be written to the record of this call ({detail})",
    "change_unconfirmed": "the answer does not show what was asked for ({detail}), and the management "
                          "key may not list keys to look",
    "not_as_asked": "{subject} is not what was asked for: {detail}",
    "key_names_unreadable": "the names of the keys could not be read: {detail}",
    "cursor_ahead": "the cursor stood at {subject}, ahead of the service's clock, and was taken back to {detail}; "
                    "events from before that may have been left out",
}


def warn(kind, subject, detail):
    """Warns at the line that made the call, three frames up."""
    text = _WORDS.get(kind, kind + ": {subject} {detail}").format(subject=subject, detail=detail)
    warnings.warn(text, XAIManagementWarning, stacklevel=3)
