/// WeChat Pay v2: XML, signed with a shared key.
@NullMarked
package dev.sluice.provider.wechat.v2;

import org.jspecify.annotations.NullMarked;
