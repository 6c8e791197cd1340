"""The addresses of people.

allauth's are listed one by one under the names it looks up, and `allauth.urls` is
never included, so that there is one door. Our own stand in `accounts:`.
"""

from django.urls import include, path, re_path

from accounts.views import (
    doors,
    email_changes,
    invitation_accept,
    invitations,
    once_more,
    passkeys,
    passwords,
    people,
    second_factor,
    sessions,
)
from accounts.views import person_actions as actions
from accounts.views.language_choose import LanguageChooseView
from accounts.views.profile import ProfileView

doors_patterns = [
    path("register", doors.RegisterView.as_view(), name="account_signup"),
    path("login", doors.SignInView.as_view(), name="account_login"),
    path("logout", doors.SignOutView.as_view(), name="account_logout"),
    path("account/inactive", doors.InactiveView.as_view(), name="account_inactive"),
    path(
        "account/e-mail/sent",
        doors.AddressSentView.as_view(),
        name="account_email_verification_sent",
    ),
    path(
        "account/e-mail/confirm/<str:key>",
        doors.AddressConfirmView.as_view(),
        name="account_confirm_email",
    ),
    path(
        "account/password",
        passwords.PasswordChangeView.as_view(),
        name="account_change_password",
    ),
    path(
        "account/password/reset",
        passwords.ResetRequestView.as_view(),
        name="account_reset_password",
    ),
    path(
        "account/password/reset/sent",
        passwords.ResetSentView.as_view(),
        name="account_reset_password_done",
    ),
    path(
        "account/password/reset/done",
        passwords.ResetDoneView.as_view(),
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^account/password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)$",
        passwords.ResetView.as_view(),
        name="account_reset_password_from_key",
    ),
]

second_factor_patterns = [
    path("", second_factor.SecondFactorView.as_view(), name="mfa_index"),
    path("/app", second_factor.AppSetUpView.as_view(), name="mfa_activate_totp"),
    path(
        "/app/remove", second_factor.AppRemoveView.as_view(), name="mfa_deactivate_totp"
    ),
    path("/codes", second_factor.CodesView.as_view(), name="mfa_view_recovery_codes"),
    path(
        "/codes/new",
        second_factor.CodesNewView.as_view(),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "/codes/download",
        second_factor.CodesDownloadView.as_view(),
        name="mfa_download_recovery_codes",
    ),
    path("/passkeys/new", passkeys.PasskeyAddView.as_view(), name="mfa_add_webauthn"),
    path(
        "/passkeys/<int:pk>/rename",
        passkeys.PasskeyRenameView.as_view(),
        name="mfa_edit_webauthn",
    ),
    path(
        "/passkeys/<int:pk>/remove",
        passkeys.PasskeyRemoveView.as_view(),
        name="mfa_remove_webauthn",
    ),
]

once_more_patterns = [
    path(
        "login/passkey", passkeys.PasskeySignInView.as_view(), name="mfa_login_webauthn"
    ),
    path(
        "login/second-step", once_more.SecondStepView.as_view(), name="mfa_authenticate"
    ),
    path(
        "account/again/password",
        once_more.PasswordAgainView.as_view(),
        name="account_reauthenticate",
    ),
    path(
        "account/again/code",
        once_more.CodeAgainView.as_view(),
        name="mfa_reauthenticate",
    ),
    path(
        "account/again/passkey",
        once_more.PasskeyAgainView.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
]

people_patterns = [
    path("language", LanguageChooseView.as_view(), name="language_choose"),
    path("profile", ProfileView.as_view(), name="profile"),
    path("e-mail", email_changes.EmailChangeView.as_view(), name="email_change"),
    path(
        "e-mail/keep",
        email_changes.EmailChangeWithdrawView.as_view(),
        name="email_change_withdraw",
    ),
    path(
        "e-mail/change/<str:token>",
        email_changes.EmailChangeConfirmView.as_view(),
        name="email_change_confirm",
    ),
    path("sessions", sessions.SessionListView.as_view(), name="session_list"),
    path(
        "sessions/others/end",
        sessions.SessionEndOthersView.as_view(),
        name="session_end_others",
    ),
    path(
        "sessions/<int:pk>/end", sessions.SessionEndView.as_view(), name="session_end"
    ),
    path("people", people.PeopleListView.as_view(), name="people_list"),
    path(
        "people/<int:pk>/role",
        actions.PersonAssignRoleView.as_view(),
        name="person_assign_role",
    ),
    path(
        "people/<int:pk>/deactivate",
        actions.PersonDeactivateView.as_view(),
        name="person_deactivate",
    ),
    path(
        "people/<int:pk>/reactivate",
        actions.PersonReactivateView.as_view(),
        name="person_reactivate",
    ),
    path(
        "people/<int:pk>/remove-second-factor",
        actions.PersonRemoveSecondFactorView.as_view(),
        name="person_remove_second_factor",
    ),
    path(
        "people/<int:pk>/reset-link",
        actions.PersonResetLinkView.as_view(),
        name="person_reset_link",
    ),
    path(
        "invitations",
        invitations.InvitationListView.as_view(),
        name="invitation_list",
    ),
    path(
        "invitations/new",
        invitations.InvitationCreateView.as_view(),
        name="invitation_create",
    ),
    path(
        "invitations/<int:pk>/renew",
        invitations.InvitationRenewView.as_view(),
        name="invitation_renew",
    ),
    path(
        "invitations/<int:pk>/withdraw",
        invitations.InvitationWithdrawView.as_view(),
        name="invitation_withdraw",
    ),
    path(
        "invitation/<str:token>",
        invitation_accept.InvitationAcceptView.as_view(),
        name="invitation_accept",
    ),
]

urlpatterns = [
    *doors_patterns,
    *once_more_patterns,
    path("account/second-factor", include(second_factor_patterns)),
    path("account/", include((people_patterns, "accounts"))),
]
