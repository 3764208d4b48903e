"""Voice activity detection: is somebody speaking in this window?"""
