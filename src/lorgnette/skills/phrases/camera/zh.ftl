skill-does = 拍照和录像
skill-example = 拍张照。

picture-taken = 拍好了。
picture-alt = 照片
picture-last = 拍摄时间：{ $taken }。
picture-deleted = 照片删掉了。
picture-restored = 照片恢复了。
film-begun = 开始录像。
film-kept = 录像存好了，{ $length }。
film-last = 一段录像，拍摄时间：{ $taken }。
film-deleted = 录像删掉了。
film-restored = 录像恢复了。
gallery-empty = 还没有照片，可以说：拍张照。
