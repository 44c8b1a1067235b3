import { createRoute } from "@tanstack/react-router";
import { reads, text } from "@/ui/address/search";
import { latePage } from "./late-page";
import { rootRoute } from "./root";

/** What a link carries to prove that it was received. */
const proof = reads({ token: text });

export const forgotPasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/forgot-password",
  validateSearch: reads({ email: text }),
  component: latePage(["links"], () => import("@/features/links/ForgotPasswordPage"), "ForgotPasswordPage"),
});

export const resetPasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/reset-password",
  validateSearch: proof,
  component: latePage(["links"], () => import("@/features/links/ResetPasswordPage"), "ResetPasswordPage"),
});

export const verifyEmailRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/verify-email",
  validateSearch: proof,
  component: latePage(["links"], () => import("@/features/links/VerifyEmailPage"), "VerifyEmailPage"),
});

export const confirmEmailRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/confirm-email",
  validateSearch: proof,
  component: latePage(["links"], () => import("@/features/links/ConfirmEmailPage"), "ConfirmEmailPage"),
});

export const recoverTwoFactorRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/recover-two-factor",
  validateSearch: reads({ token: text, stop: text }),
  component: latePage(
    ["links"],
    () => import("@/features/links/RecoverTwoFactorPage"),
    "RecoverTwoFactorPage",
  ),
});

export const invitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/invitation",
  validateSearch: proof,
  component: latePage(
    ["links", "settings"],
    () => import("@/features/links/InvitationPage"),
    "InvitationPage",
  ),
});
