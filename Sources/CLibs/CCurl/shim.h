// libcurl's variadic setters and getters, one typed inline function for each kind of argument.
#pragma once
#include <curl/curl.h>

typedef size_t (*ccurl_data_cb)(char *_Nonnull, size_t, size_t, void *_Nullable);
typedef int (*ccurl_close_cb)(void *_Nullable, curl_socket_t);
typedef int (*ccurl_debug_cb)(CURL *_Nonnull, curl_infotype, char *_Nonnull, size_t, void *_Nullable);
typedef int (*ccurl_socket_cb)(CURL *_Nonnull, curl_socket_t, int, void *_Nullable, void *_Nullable);
typedef int (*ccurl_timer_cb)(CURLM *_Nonnull, long, void *_Nullable);
typedef curl_socket_t (*ccurl_opensocket_cb)(void *_Nullable, curlsocktype, struct curl_sockaddr *_Nonnull);

static inline CURLcode ccurl_setopt_long(CURL *h, CURLoption o, long v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode ccurl_setopt_off(CURL *h, CURLoption o, curl_off_t v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode ccurl_setopt_str(CURL *h, CURLoption o, const char *_Nullable v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode ccurl_setopt_ptr(CURL *h, CURLoption o, const void *_Nullable v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode ccurl_setopt_slist(CURL *h, CURLoption o, struct curl_slist *_Nullable v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode ccurl_setopt_data_cb(CURL *h, CURLoption o, ccurl_data_cb f) { return curl_easy_setopt(h, o, f); }
static inline CURLcode ccurl_setopt_close_cb(CURL *h, CURLoption o, ccurl_close_cb f) { return curl_easy_setopt(h, o, f); }
static inline CURLcode ccurl_setopt_debug_cb(CURL *h, ccurl_debug_cb f) { return curl_easy_setopt(h, CURLOPT_DEBUGFUNCTION, f); }
static inline CURLcode ccurl_setopt_opensocket_cb(CURL *h, ccurl_opensocket_cb f) { return curl_easy_setopt(h, CURLOPT_OPENSOCKETFUNCTION, f); }

static inline CURLcode ccurl_getinfo_long(CURL *h, CURLINFO i, long *v) { return curl_easy_getinfo(h, i, v); }
static inline CURLcode ccurl_getinfo_socket(CURL *h, CURLINFO i, curl_socket_t *v) { return curl_easy_getinfo(h, i, v); }
static inline CURLcode ccurl_getinfo_off(CURL *h, CURLINFO i, curl_off_t *v) { return curl_easy_getinfo(h, i, v); }
static inline CURLcode ccurl_getinfo_ptr(CURL *h, CURLINFO i, void *_Nullable *_Nonnull v) { return curl_easy_getinfo(h, i, v); }
static inline CURLcode ccurl_getinfo_str(CURL *h, CURLINFO i, char *_Nullable *_Nonnull v) { return curl_easy_getinfo(h, i, v); }

static inline CURLMcode ccurl_multi_setopt_long(CURLM *m, CURLMoption o, long v) { return curl_multi_setopt(m, o, v); }
static inline CURLMcode ccurl_multi_setopt_ptr(CURLM *m, CURLMoption o, void *_Nullable v) { return curl_multi_setopt(m, o, v); }
static inline CURLMcode ccurl_multi_setopt_socket_cb(CURLM *m, ccurl_socket_cb f) { return curl_multi_setopt(m, CURLMOPT_SOCKETFUNCTION, f); }
static inline CURLMcode ccurl_multi_setopt_timer_cb(CURLM *m, ccurl_timer_cb f) { return curl_multi_setopt(m, CURLMOPT_TIMERFUNCTION, f); }

// CURLMsg holds a union that Swift does not import.
static inline CURLcode ccurl_msg_result(const CURLMsg *m) { return m->data.result; }
static inline CURL *_Nonnull ccurl_msg_handle(const CURLMsg *m) { return m->easy_handle; }
static inline int ccurl_msg_is_done(const CURLMsg *m) { return m->msg == CURLMSG_DONE; }
