import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { api, body } from "@/api/client";
import { everyPage } from "@/api/every-page";
import type { MailLanguage, MailSearch } from "./search";

const MAIL = ["admin", "mail"] as const;

/** How mail goes out and how much of it waits; watched while it is looked at. */
export const mailStateQuery = queryOptions({
  queryKey: [...MAIL, "state"],
  queryFn: ({ signal }) => body(api.GET("/api/admin/mail", { signal })),
  refetchInterval: 15_000,
});

export const messagesQuery = ({ status }: MailSearch) =>
  infiniteQueryOptions({
    queryKey: [...MAIL, "messages", status ?? ""],
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET("/api/admin/mail/messages", {
          params: {
            query: { limit: 50, ...(status ? { status } : {}), ...(pageParam ? { cursor: pageParam } : {}) },
          },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: ({ next_cursor }) => next_cursor,
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  });

/** Addresses that told to be left alone. */
export const suppressionsQuery = queryOptions({
  queryKey: [...MAIL, "suppressions"],
  queryFn: ({ signal }) =>
    everyPage((cursor) =>
      body(api.GET("/api/admin/mail/suppressions", { params: { query: { ...cursor, limit: 100 } }, signal })),
    ),
});

export const messageQuery = (id: string) =>
  queryOptions({
    queryKey: [...MAIL, "message", id],
    queryFn: ({ signal }) =>
      body(api.GET("/api/admin/mail/messages/{id}", { params: { path: { id } }, signal })),
  });

export const templatesQuery = queryOptions({
  queryKey: [...MAIL, "templates"],
  queryFn: async ({ signal }) => (await body(api.GET("/api/admin/mail/templates", { signal }))).items,
});

export const templateQuery = (name: string, language: MailLanguage) =>
  queryOptions({
    queryKey: [...MAIL, "template", name, language],
    queryFn: ({ signal }) =>
      body(
        api.GET("/api/admin/mail/templates/{name}", {
          params: { path: { name }, query: { language } },
          signal,
        }),
      ),
  });

export interface TemplateWords {
  subject: string;
  html: string;
  text: string;
}

/** What a message made by these words looks like. */
export const previewQuery = (name: string, language: MailLanguage, words: TemplateWords) =>
  queryOptions({
    queryKey: [...MAIL, "preview", name, language, words],
    queryFn: ({ signal }) =>
      body(
        api.POST("/api/admin/mail/templates/{name}/preview", {
          params: { path: { name } },
          body: { language, ...words },
          signal,
        }),
      ),
    retry: false,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });

function useMailChanged() {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: MAIL });
}

export function useRetryMessage(id: string) {
  const onSettled = useMailChanged();
  return useMutation({
    mutationFn: () => body(api.POST("/api/admin/mail/messages/{id}/retry", { params: { path: { id } } })),
    onSettled,
  });
}

/** Lets an address be written to again. */
export function useReleaseAddress() {
  const onSettled = useMailChanged();
  return useMutation({
    mutationFn: (address: string) =>
      body(api.DELETE("/api/admin/mail/suppressions/{address}", { params: { path: { address } } })),
    onSettled,
  });
}

export function useTestMail() {
  const onSettled = useMailChanged();
  return useMutation({
    mutationFn: (to: string) => body(api.POST("/api/admin/mail/test", { body: { to } })),
    onSettled,
  });
}

export function useSaveTemplate(name: string, language: MailLanguage) {
  const onSuccess = useMailChanged();
  return useMutation({
    mutationFn: (words: TemplateWords) =>
      body(
        api.PUT("/api/admin/mail/templates/{name}", {
          params: { path: { name } },
          body: { language, ...words },
        }),
      ),
    onSuccess,
  });
}

/** A message made by these words, saved or not, to whoever asks. */
export function useTryTemplate(name: string, language: MailLanguage) {
  const onSettled = useMailChanged();
  return useMutation({
    mutationFn: (words: TemplateWords) =>
      body(
        api.POST("/api/admin/mail/templates/{name}/test", {
          params: { path: { name } },
          body: { language, ...words },
        }),
      ),
    onSettled,
  });
}

/** Fanfare's own words again. */
export function useRestoreTemplate(name: string, language: MailLanguage) {
  const onSuccess = useMailChanged();
  return useMutation({
    mutationFn: () =>
      body(
        api.DELETE("/api/admin/mail/templates/{name}", { params: { path: { name }, query: { language } } }),
      ),
    onSuccess,
  });
}
